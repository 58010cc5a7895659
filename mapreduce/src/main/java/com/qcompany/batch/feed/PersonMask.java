package com.qcompany.batch.feed;

import static com.qcompany.warehouse.state.ErasedCustomers.ERASED;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.qcompany.warehouse.schema.Column;
import com.qcompany.warehouse.schema.StarSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;

/**
 * Takes out of the records of a file what tells who some customers are: the values of columns whose {@code classification}
 * is {@code personal}, of columns that the contract does not declare, and of added ones. What must be there becomes {@link #ERASED}, and
 * of an address its street; everything else becomes empty. Figures stay, and so does every rule that the record breaks or
 * not. A record of which it cannot be read whose it is, is erased as a whole if it has the id or the words of one of them.
 *
 * <p>What is masked is masked once: the same again changes nothing. Not thread-safe.
 */
public final class PersonMask {
    private final FeedHeader header;
    private final FeedParser parser;
    private final int key;
    private final Set<Integer> kept;
    private final List<Person> persons;
    private final Pattern ids;

    /**
     * A customer.
     *
     * @param id key of {@code customer_dim}
     * @param traces words that stand together in what tells of the customer: a name, an e-mail address
     */
    public record Person(int id, Set<List<String>> traces) {
        /** Whether a text has the words of a trace. */
        public boolean isToldOf(String record) {
            return traces.stream().anyMatch(words -> words.stream().allMatch(record::contains));
        }
    }

    private PersonMask(FeedHeader header, int key, List<Person> persons) {
        this.header = header;
        this.parser = new FeedParser(header, (table, any) -> true);
        this.key = key;
        this.kept = header.feed().mappings().stream()
                .flatMap(mapping -> mapping.table().columns().stream()
                        .map(Column::name)
                        .filter(column -> !StarSchema.PERSONAL_COLUMNS.contains(column))
                        .map(mapping::fieldOf))
                .collect(Collectors.toSet());
        this.persons = List.copyOf(persons);
        // A whole number by itself, and no part of a date or a price.
        this.ids = Pattern.compile(persons.stream()
                .map(person -> Integer.toString(person.id()))
                .collect(Collectors.joining("|", "(?<!\\d|\\d[.-])0*(?:", ")(?:\\.0+)?(?!\\d|[.-]\\d)")));
    }

    /** That of a file; empty where its feed says nothing of customers. */
    public static Optional<PersonMask> of(FeedHeader header, List<Person> persons) {
        return header.feed().mappings().stream()
                .filter(mapping -> mapping.table().has(StarSchema.CUSTOMERS.key()))
                .map(mapping -> new PersonMask(header, mapping.fieldOf(StarSchema.CUSTOMERS.key()), persons))
                .findFirst();
    }

    /** A record without what tells of them; empty where it tells nothing. */
    public Optional<RecordText> mask(RecordText record) {
        String text = record.utf8() ? record.text() : new String(record.bytes(), ISO_8859_1);
        List<String> fields = new RecordText(text, true).fields().orElse(List.of());
        Object id = parser.read(key, fields).readable(key);
        boolean isWhole = record.utf8()
                && fields.size() >= header.fewestFields()
                && fields.stream().skip(header.size()).allMatch(String::isBlank);
        boolean isTheirs =
                persons.stream().anyMatch(person -> Integer.valueOf(person.id()).equals(id));
        boolean hasId = id instanceof Integer;
        String masked = text;
        if (isTheirs && isWhole) {
            masked = masked(fields, text);
        } else if (!isWhole || !hasId) {
            boolean tells = isTheirs
                    || (!hasId && ids.matcher(text).find())
                    || persons.stream().anyMatch(person -> person.isToldOf(text));
            masked = tells ? ERASED : text;
        }
        return masked.equals(text) ? Optional.empty() : Optional.of(new RecordText(masked, true));
    }

    private String masked(List<String> fields, String text) {
        List<String> masked = new ArrayList<>();
        for (int position = 0; position < fields.size(); position++) {
            int field = position < header.size() ? header.field(position) : FeedHeader.EXTRA;
            FeedColumn column =
                    field == FeedHeader.EXTRA ? null : header.feed().columns().get(field);
            if (column == null || column.customProperties().added()) {
                masked.add("");
            } else {
                String received = fields.get(position);
                boolean goes = column.isPersonal() && !kept.contains(field); // what tables keep stays, as the id
                masked.add(goes ? masked(column, received, parser.read(field, fields), field) : received);
            }
        }
        return masked.equals(fields) ? text : CSVFormat.RFC4180.format(masked.toArray());
    }

    /** A value that must be there and breaks a rule becomes absent, so that it breaks one still. */
    private static String masked(FeedColumn column, String received, RowDraft read, int field) {
        if (received.equals(ERASED)) {
            return received;
        }
        ColumnExtension.Split split = column.customProperties().split();
        Object value = read.value(field);
        if (value == null || (split == null && !column.required())) {
            return "";
        }
        Matcher parts = split == null ? null : split.pattern().matcher(value.toString());
        int own = split == null ? 0 : split.into().indexOf(column.name()) + 1;
        if (parts == null || !parts.matches() || own == 0) {
            return ERASED;
        }
        String text = value.toString();
        return Objects.toString(parts.group(own), "").isBlank()
                ? text
                : text.substring(0, parts.start(own)) + ERASED + text.substring(parts.end(own));
    }
}
