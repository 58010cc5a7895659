package com.qcompany.batch.load;

import static com.qcompany.batch.feed.Corrections.REJECT;
import static com.qcompany.batch.feed.Corrections.SUPERSEDE;
import static com.qcompany.batch.feed.Corrections.WARN;
import static com.qcompany.batch.load.FileTallies.Count.DUPLICATE;
import static com.qcompany.batch.load.FileTallies.Count.LOADED;
import static com.qcompany.batch.load.FileTallies.Count.REJECTED;
import static com.qcompany.batch.load.FileTallies.Count.SUPERSEDED;
import static org.assertj.core.api.Assertions.assertThat;

import com.qcompany.batch.feed.Corrections;
import com.qcompany.batch.load.FileTallies.Count;
import com.qcompany.batch.load.SaleVersions.Version;
import com.qcompany.warehouse.state.SourceGroup;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SaleVersionsTest {

    @Test
    void aLaterVersionSupersedes() {
        assertThat(fates(SUPERSEDE, null, "09 a", "10 b")).containsExactly(SUPERSEDED, LOADED);
        assertThat(fates(SUPERSEDE, "09 a", "10 b")).containsExactly(LOADED);
    }

    @Test
    void anOlderVersionThatArrivesLateChangesNothing() {
        assertThat(fates(SUPERSEDE, "10 b", "09 a")).containsExactly(SUPERSEDED);
        assertThat(fates(SUPERSEDE, "10 b", "09 a", "11 b")).containsExactly(SUPERSEDED, DUPLICATE);
    }

    @Test
    void aRepeatIsADuplicate() {
        assertThat(fates(SUPERSEDE, null, "09 a", "10 a")).containsExactly(LOADED, DUPLICATE);
        assertThat(fates(SUPERSEDE, "09 a", "08 a", "10 a")).containsExactly(DUPLICATE, DUPLICATE);
    }

    @Test
    void aVersionThatComesBackStandsAgain() {
        assertThat(fates(SUPERSEDE, "09 a", "10 b", "11 a")).containsExactly(SUPERSEDED, DUPLICATE);
        assertThat(fates(SUPERSEDE, "10 b", "11 a")).containsExactly(LOADED);
    }

    @Test
    void whatAVersionIsComparedWithIsItsLastRepeat() {
        SaleVersions repeated = versions(SUPERSEDE, "09 a", "11 a");

        assertThat(repeated.lastSeen()).isEqualTo(version("11 a").group());
        assertThat(fates(SUPERSEDE, "11 a", "10 b")).containsExactly(SUPERSEDED);
    }

    @Test
    void oneFileMayNotContradictItself() {
        assertThat(fates(SUPERSEDE, null, "09 a", "09 b")).containsExactly(LOADED, REJECTED);
        assertThat(fates(SUPERSEDE, null, "09 a", "09 b", "09 a")).containsExactly(LOADED, REJECTED, DUPLICATE);
        assertThat(fates(SUPERSEDE, null, "09 a", "09 b", "10 b")).containsExactly(SUPERSEDED, REJECTED, LOADED);
        assertThat(fates(SUPERSEDE, "09 a", "09 b")).containsExactly(REJECTED);
    }

    @Test
    void toWarnIsToSupersede() {
        assertThat(fates(WARN, "09 a", "10 b")).containsExactly(LOADED);
    }

    @Test
    void toRejectKeepsWhatIsLoadedFirst() {
        assertThat(fates(REJECT, null, "09 a", "10 b")).containsExactly(LOADED, REJECTED);
        assertThat(fates(REJECT, "10 b", "09 a", "11 b")).containsExactly(REJECTED, DUPLICATE);
    }

    private static List<Count> fates(Corrections policy, @Nullable String published, String... arrived) {
        return versions(policy, published, arrived).fates();
    }

    private static SaleVersions versions(Corrections policy, @Nullable String published, String... arrived) {
        return SaleVersions.of(
                policy,
                published == null ? null : version(published),
                Arrays.stream(arrived).map(SaleVersionsTest::version).toList());
    }

    /** Hour and values. */
    private static Version version(String text) {
        String hour = text.substring(0, 2);
        return new Version(SourceGroup.parse("2024-07-04-%s/group%s".formatted(hour, hour)), text.charAt(3));
    }
}
