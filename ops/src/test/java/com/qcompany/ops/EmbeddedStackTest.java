package com.qcompany.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.protocol.HdfsConstants.SafeModeAction;
import org.apache.hadoop.io.IntWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;
import org.apache.hadoop.mapreduce.lib.map.TokenCounterMapper;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;
import org.apache.hadoop.mapreduce.lib.reduce.IntSumReducer;
import org.junit.jupiter.api.Test;

@WithStack
class EmbeddedStackTest {

    @Test
    void hdfsKeepsWhatIsWritten(EmbeddedStack stack) throws Exception {
        FileSystem fs = FileSystem.get(stack.clientConf());
        Path file = new Path("/tmp/stack-test/hello");
        try (FSDataOutputStream out = fs.create(file)) {
            out.write("hello".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(fs.getUri().getHost()).isEqualTo("127.0.0.1");
        assertThat(fs.getFileStatus(file).getLen()).isEqualTo(5);
    }

    @Test
    void hdfsComesBackFromOutages(EmbeddedStack stack) throws Exception {
        FileSystem fs = FileSystem.get(stack.clientConf());
        Path file = new Path("/tmp/stack-test/outage");

        stack.hdfs().getNameNodeRpc().setSafeMode(SafeModeAction.SAFEMODE_ENTER, false);
        assertThatThrownBy(() -> fs.create(file)).hasMessageContaining("Name node is in safe mode");
        stack.hdfs().getNameNodeRpc().setSafeMode(SafeModeAction.SAFEMODE_LEAVE, false);
        try (FSDataOutputStream out = fs.create(file)) {
            out.write("hello".getBytes(StandardCharsets.UTF_8));
        }
        stack.hdfs().restartDataNode(0, true);
        stack.hdfs().waitActive();

        try (FSDataInputStream in = fs.open(file)) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("hello");
        }
    }

    @Test
    void theResourceManagersPageAnswers(EmbeddedStack stack) throws Exception {
        String address = stack.clientConf().get("yarn.resourcemanager.webapp.address");
        HttpRequest page = HttpRequest.newBuilder(URI.create("http://%s/cluster".formatted(address)))
                .build();

        HttpResponse<String> answer = HttpClient.newHttpClient().send(page, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("All Applications");
    }

    @Test
    void kafkaGivesWhatItWasGiven(EmbeddedStack stack) throws Exception {
        Topics topics = new Topics(stack.kafka().bootstrap());
        topics.create("stack-test", 1);
        topics.send("stack-test", List.of("hello"));

        assertThat(topics.read("stack-test", "stack-test", 1)).containsExactly("hello");
        assertThat(stack.clientConf().get("q.stream.bootstrap-servers"))
                .isEqualTo(stack.kafka().bootstrap());
    }

    @Test
    void yarnRunsJobs(EmbeddedStack stack) throws Exception {
        Configuration conf = stack.clientConf();
        conf.set("mapreduce.framework.name", "yarn");
        FileSystem fs = FileSystem.get(conf);
        Path words = new Path("/tmp/stack-test/words");
        try (FSDataOutputStream out = fs.create(words)) {
            out.write("one two two".getBytes(StandardCharsets.UTF_8));
        }
        Job job = Job.getInstance(conf, "count words");
        job.setMapperClass(TokenCounterMapper.class);
        job.setReducerClass(IntSumReducer.class);
        job.setOutputKeyClass(Text.class);
        job.setOutputValueClass(IntWritable.class);
        FileInputFormat.addInputPath(job, words);
        FileOutputFormat.setOutputPath(job, new Path("/tmp/stack-test/counts"));

        assertThat(job.waitForCompletion(false)).isTrue();

        assertThat(job.getTrackingURL()).contains("/proxy/application_");
        try (FSDataInputStream in = fs.open(new Path("/tmp/stack-test/counts/part-r-00000"))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("one\t1\ntwo\t2\n");
        }
    }

    @Test
    void hiveAnswersThroughJdbc(EmbeddedStack stack) throws Exception {
        try (Connection connection = DriverManager.getConnection(stack.hiveUrl());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT 1")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(1);
        }
    }

    @Test
    void hiveInsertsIntoPartitionsThatTheRowsName(EmbeddedStack stack) throws Exception {
        try (Connection connection = DriverManager.getConnection(stack.hiveUrl());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE EXTERNAL TABLE stack_parts (id INT) PARTITIONED BY (day STRING)"
                    + " STORED AS PARQUET LOCATION '/tmp/stack-test/parts'");
            statement.execute(
                    "INSERT INTO stack_parts PARTITION (day) SELECT 1, '2024-07-04' UNION ALL SELECT 2, '2024-07-05'");
            try (ResultSet rows = statement.executeQuery("SELECT id FROM stack_parts WHERE day = '2024-07-05'")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(2);
            }
        }
    }
}
