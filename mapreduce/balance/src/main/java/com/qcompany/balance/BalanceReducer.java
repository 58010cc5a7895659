package com.qcompany.balance;

import com.qcompany.balance.BalancePlan.RawFile;
import com.qcompany.balance.Item.Kind;
import com.qcompany.balance.Tally.Fate;
import com.qcompany.warehouse.state.SourceGroup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Reducer;

/**
 * Accounts for the lines of one transaction_id: each is rejected, waiting, the published sale, a repeat or an older version
 * of it; the version that is last in the order of the source must stand. Writes the {@link Balance} of its ids as JSON.
 */
final class BalanceReducer extends Reducer<Text, Text, Text, NullWritable> {
    private static final int MAX_SENTENCES = 20;
    private static final Pattern PLAIN = Pattern.compile("[ !#-~]*");
    /** What bytes that are no UTF-8 are read as. */
    private static final char NO_UTF8 = '\uFFFD';

    /** Rules whose outcome another line, or the day of the load, decides. */
    private static final Set<String> NOT_OF_THE_LINE =
            Set.of("transaction_id_changed", "transaction_date_out_of_range");

    private final Map<Long, RawFile> files = new HashMap<>();
    private final Set<String> groupsRead = new HashSet<>();
    private final SortedMap<String, Tally> hours = new TreeMap<>();
    private final SortedMap<String, Tally> dates = new TreeMap<>();
    private final List<String> sentences = new ArrayList<>();
    private long differences;

    @Override
    protected void setup(Context context) throws IOException {
        for (RawFile file : Balance.plan(context.getConfiguration()).rawFiles()) {
            files.put(file.sequence(), file);
            if (file.read()) {
                groupsRead.add(file.group());
            }
        }
    }

    @Override
    protected void reduce(Text id, Iterable<Text> sent, Context context) throws IOException {
        List<Item> lines = new ArrayList<>();
        List<Item> facts = new ArrayList<>();
        Map<String, List<Item>> keptBack = new TreeMap<>();
        for (Text json : sent) {
            Item item = Item.JSON.readValue(json.toString(), Item.class);
            switch (item.kind()) {
                case LINE -> lines.add(item);
                case FACT -> facts.add(item);
                case DAMAGED -> differ("%s cannot be read to its end".formatted(item.text()));
                case REJECTED, WAITING ->
                    keptBack.computeIfAbsent(place(item), any -> new ArrayList<>())
                            .add(item);
            }
        }
        lines.sort(Comparator.comparing((Item line) -> SourceGroup.parse(line.group()))
                .thenComparing(Item::line));
        compare(id.toString(), accepted(lines, keptBack), facts);
    }

    @Override
    protected void cleanup(Context context) throws IOException, InterruptedException {
        Balance found = new Balance(hours, dates, sentences, differences);
        context.write(new Text(Item.JSON.writeValueAsString(found)), NullWritable.get());
    }

    /** Lines that are not kept back, so that each is the published sale or a repeat of it. */
    private List<Item> accepted(List<Item> lines, Map<String, List<Item>> keptBack) {
        Set<String> keptTexts =
                keptBack.values().stream().map(rows -> rows.get(0).text()).collect(Collectors.toSet());
        List<Item> accepted = new ArrayList<>();
        for (Item line : lines) {
            RawFile file = file(line);
            List<Item> reasons = keptBack.remove(place(line));
            if (file.retracted()) {
                add(line, Fate.RETRACTED);
            } else if (reasons != null) {
                keptBack(line, reasons);
            } else if (file.refused()) {
                add(line, Fate.REFUSED);
            } else if (file.repeated() && keptTexts.contains(line.text())) {
                add(line, Fate.DUPLICATE);
            } else {
                accepted.add(line);
            }
        }
        for (List<Item> rows : keptBack.values()) {
            if (file(rows.get(0)).read()) {
                differ("%s has a row of %s, which the raw file does not have"
                        .formatted(table(rows.get(0)), place(rows.get(0))));
            }
        }
        return accepted;
    }

    private void keptBack(Item line, List<Item> reasons) {
        Item reason = reasons.get(0);
        add(line, reason.kind() == Kind.REJECTED ? Fate.REJECTED : Fate.WAITING);
        Set<String> runs = reasons.stream().map(Item::run).collect(Collectors.toSet());
        if (runs.size() < reasons.size()) {
            differ("%s has %s %d times".formatted(table(reason), place(line), reasons.size()));
        }
        if (!line.text().startsWith(reason.text())) {
            differ("%s has %s with another text than the raw file".formatted(table(reason), place(line)));
        }
        boolean isRight = line.note().isEmpty() && PLAIN.matcher(line.text()).matches();
        if (isRight && reason.kind() == Kind.REJECTED && !NOT_OF_THE_LINE.contains(reason.note())) {
            differ("%s is rejected by %s, but breaks no rule".formatted(place(line), reason.note()));
        }
    }

    private void compare(String id, List<Item> lines, List<Item> facts) {
        if (facts.size() > 1) {
            differ("Sale %s is published %d times".formatted(id, facts.size()));
        }
        if (facts.isEmpty()) {
            for (Item line : lines) {
                unpublished(id, line);
            }
            return;
        }
        Item fact = facts.get(0);
        Map<String, Item> firstOfGroup = new LinkedHashMap<>();
        lines.stream()
                .filter(line -> !isResent(line, lines))
                .forEach(line -> firstOfGroup.putIfAbsent(line.group(), line));
        Item last = firstOfGroup.values().stream().reduce((one, other) -> other).orElse(null);
        Item published = lines.stream()
                .filter(line ->
                        line.group().equals(fact.group()) && change(fact, line).isEmpty())
                .findFirst()
                .orElse(firstOfGroup.get(fact.group()));
        if (published == null && groupsRead.contains(fact.group())) {
            differ("Sale %s is published as of %s, whose raw file does not have it".formatted(id, fact.group()));
        }
        for (Item line : lines) {
            String change = change(fact, line);
            boolean isOlder = firstOfGroup.containsValue(line) && line != last;
            if (line == published) {
                add(line, Fate.FACT);
            } else if (change.isEmpty() || isResent(line, lines)) {
                add(line, Fate.DUPLICATE);
                continue;
            } else if (isOlder || !file(line).rejectionsKept()) {
                add(line, isOlder ? Fate.SUPERSEDED : Fate.REJECTED);
                continue;
            } else {
                add(line, Fate.LOST);
            }
            if (!change.isEmpty()) {
                differ("Sale %s is published with %s in %s".formatted(id, change, place(line)));
            }
        }
    }

    /** Whether a line is of a file that was sent again: it changes nothing. */
    private boolean isResent(Item line, List<Item> lines) {
        return file(line).repeated()
                && lines.stream()
                        .anyMatch(other -> !other.group().equals(line.group())
                                && !file(other).repeated()
                                && other.text().equals(line.text()));
    }

    private void unpublished(String id, Item line) {
        boolean ofTheFuture = line.values()
                        .getOrDefault("transaction_date", "")
                        .compareTo(file(line).hour())
                > 0;
        boolean broken = !line.note().isEmpty() || line.text().indexOf(NO_UTF8) >= 0 || ofTheFuture;
        if (broken && file(line).repeated()) {
            add(line, Fate.DUPLICATE);
        } else if (broken && !file(line).rejectionsKept()) {
            add(line, Fate.REJECTED);
        } else {
            add(line, Fate.LOST);
            String what = id.startsWith(line.group())
                    ? "A sale without id, " + place(line) + ","
                    : "Sale %s of %s".formatted(id, place(line));
            differ("%s is neither published nor rejected nor waiting".formatted(what));
        }
    }

    /** What a published sale and a line have differently; empty where nothing. */
    private static String change(Item fact, Item line) {
        return line.note().isEmpty()
                ? fact.values().entrySet().stream()
                        .filter(column ->
                                !column.getValue().equals(line.values().get(column.getKey())))
                        .map(column -> "%s \"%s\", which is \"%s\""
                                .formatted(
                                        column.getKey(),
                                        column.getValue(),
                                        line.values().get(column.getKey())))
                        .collect(Collectors.joining(", "))
                : "a line that breaks a rule (%s)".formatted(line.note());
    }

    private void add(Item line, Fate fate) {
        Tally tally = Tally.of(fate, line);
        hours.merge(file(line).hour(), tally, Tally::plus);
        if (fate == Fate.FACT) {
            dates.merge(line.values().getOrDefault("transaction_date", ""), tally, Tally::plus);
        }
    }

    private void differ(String sentence) {
        if (differences++ < MAX_SENTENCES) {
            sentences.add(sentence.replace('\n', ' '));
        }
    }

    private RawFile file(Item item) {
        return Objects.requireNonNull(files.get(item.sequence()), item.group());
    }

    private String place(Item item) {
        return "%s %s line %d".formatted(item.group(), file(item).name(), item.line());
    }

    private static String table(Item item) {
        return item.kind() == Kind.REJECTED ? "rejected_rows" : "waiting_rows";
    }
}
