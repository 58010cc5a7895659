package com.qcompany.batch.load;

import com.qcompany.warehouse.Dimension;
import com.qcompany.warehouse.Row;
import java.io.IOException;
import java.util.Objects;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.mapreduce.Mapper;
import org.jspecify.annotations.Nullable;

/** Sends the published versions of things to where their new observations go. */
final class DimensionMapper extends Mapper<NullWritable, Row, ShuffleKey, ShuffleValue> {

    private @Nullable ShuffleOutput out;

    @Override
    protected void setup(Context context) {
        out = new ShuffleOutput(context);
    }

    @Override
    protected void map(NullWritable none, Row version, Context context) throws IOException, InterruptedException {
        Dimension dimension = LoadTables.dimension(version.table()).orElseThrow();
        Objects.requireNonNull(out).published(dimension, version);
    }

    @Override
    protected void cleanup(Context context) throws IOException, InterruptedException {
        Objects.requireNonNull(out).flush();
    }
}
