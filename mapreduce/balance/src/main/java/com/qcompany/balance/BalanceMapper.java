package com.qcompany.balance;

import com.qcompany.balance.BalancePlan.RawFile;
import com.qcompany.balance.Item.Kind;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.MRJobConfig;
import org.apache.hadoop.mapreduce.Mapper;
import org.apache.parquet.example.data.Group;
import org.jspecify.annotations.Nullable;

/** Sends raw lines and published rows to the reducer of their transaction_id; what has none by its place. */
final class BalanceMapper extends Mapper<Object, Object, Text, Text> {
    private final Map<String, RawFile> byPath = new HashMap<>();
    private final Map<Long, RawFile> bySequence = new HashMap<>();
    private @Nullable BalancePlan plan;
    private @Nullable RecordLines lines;
    private String current = "";

    @Override
    protected void setup(Context context) throws IOException {
        BalancePlan read = Balance.plan(context.getConfiguration());
        for (RawFile file : read.rawFiles()) {
            byPath.put(new Path(file.path()).toUri().getPath(), file);
            bySequence.put(file.sequence(), file);
        }
        plan = read;
    }

    @Override
    protected void map(Object key, Object value, Context context) throws IOException, InterruptedException {
        String path = new Path(context.getConfiguration().get(MRJobConfig.MAP_INPUT_FILE))
                .toUri()
                .getPath();
        if (value == BalanceInput.DAMAGED) {
            send(path, Item.damaged(path), context);
            return;
        }
        if (value instanceof Group row) {
            published(new PublishedRow(path, row), context);
            return;
        }
        if (!path.equals(current)) {
            endFile();
            RawFile file = Objects.requireNonNull(byPath.get(path), path);
            lines = new RecordLines(
                    file.quotedLineBreaks(), file.header().size(), (line, text) -> line(file, line, text, context));
            current = path;
        }
        Objects.requireNonNull(lines).add(value.toString());
    }

    @Override
    protected void cleanup(Context context) throws IOException, InterruptedException {
        endFile();
    }

    private void endFile() throws IOException, InterruptedException {
        if (lines != null) {
            lines.close();
        }
    }

    private void line(RawFile file, long line, String text, Context context) throws IOException, InterruptedException {
        PlainSale sale = PlainSale.of(text, file.header());
        send(
                sale.id(),
                new Item(Kind.LINE, file.sequence(), file.group(), line, text, sale.values(), sale.fault(), ""),
                context);
    }

    private void published(PublishedRow row, Context context) throws IOException, InterruptedException {
        switch (row.table()) {
            case "sales_base", "sales_delta" -> {
                if (row.stands(Objects.requireNonNull(plan))) {
                    send(PlainSale.identity(row.text("transaction_id")), row.fact(), context);
                }
            }
            case "rejected_rows" -> quarantined(row, Kind.REJECTED, context);
            default -> quarantined(row, Kind.WAITING, context);
        }
    }

    private void quarantined(PublishedRow row, Kind kind, Context context) throws IOException, InterruptedException {
        RawFile file = bySequence.get(Long.valueOf(row.text("group_sequence")));
        // A group that was refused may be loaded later: then what was rejected with it counts no more.
        if (file != null
                && file.name().equals(row.text("source_file"))
                && (kind == Kind.WAITING || row.text("replayed_in").isEmpty())
                && (kind == Kind.WAITING
                        || (file.refused() || file.retracted()) == Boolean.parseBoolean(row.text("group_refused")))) {
            Item item = row.quarantined(kind);
            send(PlainSale.of(item.text(), file.header()).id(), item, context);
        }
    }

    private static void send(String id, Item item, Context context) throws IOException, InterruptedException {
        String key = id.isEmpty() ? "%s line %d".formatted(item.group(), item.line()) : id;
        context.write(new Text(key), new Text(Item.JSON.writeValueAsString(item)));
    }
}
