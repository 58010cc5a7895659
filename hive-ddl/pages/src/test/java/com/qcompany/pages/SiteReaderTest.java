package com.qcompany.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteReaderTest {

    @Test
    void theStateChangesWithTheFirstHourOfTheAppLogThatIsClosed(@TempDir Path root) throws Exception {
        Configuration conf = new Configuration(false);
        conf.set("q.root", root.toUri().toString());
        SiteReader reader = new SiteReader(conf);

        assertThat(reader.state()).isEqualTo("0");
        Files.createDirectories(root.resolve("stream/closings/done"));
        assertThat(reader.state()).startsWith("0/");
    }
}
