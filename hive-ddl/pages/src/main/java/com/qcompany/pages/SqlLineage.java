package com.qcompany.pages;

import com.qcompany.hive.Report;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.sf.jsqlparser.JSQLParserException;
import net.sf.jsqlparser.expression.ExpressionVisitorAdapter;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.select.FromItem;
import net.sf.jsqlparser.statement.select.Join;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.SelectItem;

/**
 * Which columns of tables the columns of a query are made of. It follows sub-queries; conditions, joins and groups
 * decide which rows there are, and do not count.
 */
final class SqlLineage {

    /** The view of the current rows of a dimension has its columns. */
    private static final String CURRENT = "_current";

    private SqlLineage() {}

    /** Columns as {@code table.column}, by each column of a report; a count of rows is made of none. */
    static Map<String, Set<String>> of(Report report) {
        return of(report.sql().replace("${db}.", "").replaceAll("\\$\\{\\w+}", "1"));
    }

    /**
     * Columns as {@code table.column}, by each column of the query; a count of rows is made of none.
     *
     * @throws IllegalArgumentException if the query cannot be read, or names a column of which no table is known
     */
    static Map<String, Set<String>> of(String sql) {
        try {
            return columns((PlainSelect) CCJSqlParserUtil.parse(sql));
        } catch (JSQLParserException e) {
            throw new IllegalArgumentException("Cannot read query: " + sql, e);
        }
    }

    private static Map<String, Set<String>> columns(PlainSelect select) {
        List<FromItem> from = Stream.concat(
                        Stream.of(select.getFromItem()),
                        Stream.ofNullable(select.getJoins())
                                .flatMap(List::stream)
                                .map(Join::getFromItem))
                .toList();
        Map<String, Set<String>> columns = new LinkedHashMap<>();
        for (SelectItem<?> item : select.getSelectItems()) {
            Set<String> sources = new TreeSet<>();
            item.getExpression()
                    .accept(
                            new ExpressionVisitorAdapter<Void>() {
                                @Override
                                public <S> Void visit(Column column, S context) {
                                    sources.addAll(resolve(column, from));
                                    return null;
                                }
                            },
                            null);
            String name = item.getAlias() == null
                    ? ((Column) item.getExpression()).getColumnName()
                    : item.getAlias().getName();
            columns.put(name, sources);
        }
        return columns;
    }

    private static Set<String> resolve(Column column, List<FromItem> from) {
        FromItem item = column.getTable() == null
                ? from.get(0)
                : from.stream()
                        .filter(candidate -> column.getTable()
                                .getName()
                                .equals(candidate.getAlias().getName()))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("Cannot find the table of " + column));
        if (item instanceof ParenthesedSelect query) {
            Set<String> sources = columns(query.getPlainSelect()).get(column.getColumnName());
            if (sources == null) {
                throw new IllegalArgumentException("Cannot find column " + column);
            }
            return sources;
        }
        String table = ((Table) item).getName();
        return Set.of(table.replace(CURRENT, "") + "." + column.getColumnName());
    }
}
