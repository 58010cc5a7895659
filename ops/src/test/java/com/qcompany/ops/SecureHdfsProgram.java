package com.qcompany.ops;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.DFSConfigKeys;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * {@code SecureHdfsProgram DIRECTORY KEYTAB REALM}: HDFS that wants Kerberos, until its standard input ends. Says
 * {@code ready} once clients can use it by the {@code core-site.xml} in the directory.
 */
public final class SecureHdfsProgram {

    private SecureHdfsProgram() {}

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        Configuration conf = new Configuration();
        conf.set("hadoop.security.authentication", "kerberos");
        conf.set("hadoop.rpc.protection", "privacy");
        conf.setBoolean(DFSConfigKeys.DFS_BLOCK_ACCESS_TOKEN_ENABLE_KEY, true);
        conf.setBoolean("ignore.secure.ports.for.testing", true);
        conf.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, directory.resolve("hdfs").toString());
        for (String server : new String[] {"namenode", "datanode"}) {
            conf.set("dfs." + server + ".kerberos.principal", "hdfs/localhost@" + args[2]);
            conf.set("dfs." + server + ".keytab.file", args[1]);
        }
        conf.set("dfs.web.authentication.kerberos.principal", "HTTP/localhost@" + args[2]);
        conf.set("dfs.web.authentication.kerberos.keytab", args[1]);
        UserGroupInformation.setConfiguration(conf);
        MiniDFSCluster cluster =
                new MiniDFSCluster.Builder(conf).numDataNodes(1).build();
        try {
            cluster.waitActive();
            FileSystem fs = cluster.getFileSystem();
            for (String open : new String[] {"/q", "/tmp"}) {
                fs.mkdirs(new org.apache.hadoop.fs.Path(open));
                fs.setPermission(new org.apache.hadoop.fs.Path(open), new FsPermission((short) 0777));
            }
            try (OutputStream out = Files.newOutputStream(directory.resolve("core-site.xml"))) {
                cluster.getConfiguration(0).writeXml(out);
            }
            System.out.println("ready");
            System.in.readAllBytes();
        } finally {
            cluster.shutdown(true);
        }
        System.exit(0);
    }
}
