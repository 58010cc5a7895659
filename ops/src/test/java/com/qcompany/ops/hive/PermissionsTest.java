package com.qcompany.ops.hive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.hive.DdlTool;
import com.qcompany.ops.EmbeddedStack;
import com.qcompany.ops.WithStack;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.schema.StarSchema;
import com.qcompany.warehouse.schema.Table;
import com.qcompany.warehouse.state.DataFile;
import com.qcompany.warehouse.state.Snapshots;
import java.security.PrivilegedExceptionAction;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.util.ToolRunner;
import org.junit.jupiter.api.Test;

/** Two users on HDFS: one of the group that may read people's names, one who may not. */
@WithStack
class PermissionsTest {

    @Test
    void peoplesNamesAreReadByOneGroupOnlyAndNobodyWrites(EmbeddedStack stack) throws Exception {
        SampleWarehouse warehouse = SampleWarehouse.publish(stack, "permissions");
        Configuration conf = warehouse.conf();
        conf.set(Settings.PEOPLE_GROUP.key(), "q-people");
        conf.set(Settings.READERS_GROUP.key(), "q-readers");
        assertThat(ToolRunner.run(conf, new DdlTool(), new String[0])).isZero();
        assertThat(ToolRunner.run(conf, new DdlTool(), new String[0])).isZero();
        UserGroupInformation analyst = UserGroupInformation.createUserForTesting("ann", new String[] {"q-readers"});
        UserGroupInformation clerk =
                UserGroupInformation.createUserForTesting("carl", new String[] {"q-readers", "q-people"});
        UserGroupInformation stranger = UserGroupInformation.createUserForTesting("sam", new String[] {"others"});
        Path names = file(warehouse, StarSchema.CUSTOMER_DIM);
        Path sales = file(warehouse, StarSchema.SALES_BASE);

        assertThat(firstByte(clerk, conf, names)).isEqualTo('P');
        assertThat(firstByte(analyst, conf, sales)).isEqualTo('P');
        assertRefused(analyst, conf, names);
        assertRefused(stranger, conf, names);
        assertRefused(stranger, conf, sales);
        assertThatThrownBy(() -> as(clerk, conf, fs -> fs.create(new Path(names.getParent(), "mine"))))
                .isInstanceOf(AccessControlException.class)
                .hasMessageContaining("carl");
        assertThatThrownBy(() -> as(clerk, conf, fs -> fs.delete(sales, false)))
                .isInstanceOf(AccessControlException.class);
    }

    private static Path file(SampleWarehouse warehouse, Table table) throws Exception {
        return DataFile.of(Snapshots.latest(warehouse.fs(), warehouse.layout()), warehouse.layout(), table)
                .get(0)
                .path();
    }

    private static void assertRefused(UserGroupInformation user, Configuration conf, Path file) {
        assertThatThrownBy(() -> firstByte(user, conf, file))
                .isInstanceOf(AccessControlException.class)
                .hasMessageContaining(user.getShortUserName());
    }

    private static int firstByte(UserGroupInformation user, Configuration conf, Path file) throws Exception {
        return as(user, conf, fs -> {
            try (var in = fs.open(file)) {
                return in.read();
            }
        });
    }

    private interface Access<T> {
        T on(FileSystem fs) throws Exception;
    }

    private static <T> T as(UserGroupInformation user, Configuration conf, Access<T> access) throws Exception {
        return user.doAs((PrivilegedExceptionAction<T>) () -> {
            try (FileSystem fs = FileSystem.newInstance(conf)) {
                return access.on(fs);
            }
        });
    }
}
