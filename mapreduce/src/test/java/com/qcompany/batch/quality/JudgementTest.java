package com.qcompany.batch.quality;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.qcompany.batch.feed.Expectation;
import com.qcompany.warehouse.parquet.Row;
import com.qcompany.warehouse.schema.StarSchema;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JudgementTest {
    private static final LocalDateTime MIDNIGHT = LocalDateTime.of(2024, 7, 4, 0, 0);

    @Test
    void comparesWithTheHoursBeforeOnceThereAreThree() throws IOException {
        Expectation drift = expectation(
                "'type':'custom','engine':'metrics','implementation':{'metric':'mean','ofLastHours':3},'unit':'percent',"
                        + "'mustBeBetween':[50,200]");

        List<Judgement> judged = judged(drift, "10", "20", "30", "41", "1");

        assertThat(judged)
                .extracting(each -> each.metric().get("outcome"))
                .containsExactly("unjudged", "unjudged", "unjudged", "warning", "warning");
        assertThat(judged.get(3).sentence())
                .isEqualTo(
                        "mean of unit_price in sales_transactions is 41 (expected 10 to 40 by drift: About as before.)");
        assertThat(judged.get(4).metric().get("at_least")).isEqualTo(new BigDecimal("15.166667"));
    }

    @Test
    void aGroupThatFailsIsNoMeasureForLaterOnes() throws IOException {
        Expectation drift = expectation(
                "'type':'custom','engine':'metrics','implementation':{'metric':'mean','ofLastHours':9},'unit':'percent',"
                        + "'mustBeLessOrEqualTo':200,'severity':'error'");

        List<Judgement> judged = judged(drift, "10", "10", "10", "1000", "20");

        assertThat(judged)
                .extracting(each -> each.metric().get("outcome"))
                .containsExactly("unjudged", "unjudged", "unjudged", "failure", "met");
    }

    @Test
    void fixedBoundsAreWhatTheyAreAndNullsAreTheRestOfCompleteness() throws IOException {
        Expectation fixed = expectation(
                "'type':'custom','engine':'metrics','implementation':'mean','mustBeGreaterOrEqualTo':5,'severity':'error'");
        Expectation nulls = expectation(
                "'type':'library','metric':'nullValues','unit':'percent','mustBeLessOrEqualTo':10,'severity':'error'");

        assertThat(judged(fixed, "5", "4.9").get(1).sentence()).contains("is 4.9 (expected at least 5 by drift");
        assertThat(judged(fixed, "5", "4.9")).extracting(Judgement::isFailure).containsExactly(false, true);
        assertThat(nulls.measuredMetric()).isEqualTo("completeness");
        assertThat(judged(nulls, "0.9", "0.8")).extracting(Judgement::isFailure).containsExactly(false, true);
    }

    private static List<Judgement> judged(Expectation expectation, String... values) {
        List<Judgement> judgements = new ArrayList<>();
        for (String value : values) {
            Row metric = new Row(StarSchema.QUALITY_METRICS)
                    .set("source_hour", MIDNIGHT.plusHours(judgements.size()))
                    .set("source_group", "group" + judgements.size())
                    .set("group_refused", false)
                    .set("feed", "sales_transactions")
                    .set("column_name", "unit_price")
                    .set("metric", expectation.measuredMetric())
                    .set("metric_value", new BigDecimal(value).setScale(6));
            judgements.add(new Judgement(metric, expectation));
        }
        Judgement.judge(judgements, new MetricHistory());
        return judgements;
    }

    private static Expectation expectation(String json) throws IOException {
        String complete = "{'name':'drift','description':'About as before.'," + json + "}";
        return JsonMapper.builder().build().readValue(complete.replace('\'', '"'), Expectation.class);
    }
}
