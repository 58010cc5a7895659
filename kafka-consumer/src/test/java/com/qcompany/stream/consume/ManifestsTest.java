package com.qcompany.stream.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcompany.stream.EventHour;
import com.qcompany.stream.Manifest;
import com.qcompany.stream.Manifest.OffsetRange;
import com.qcompany.stream.Manifest.StagedFile;
import com.qcompany.stream.StreamFiles;
import com.qcompany.stream.event.EventFileWriter;
import com.qcompany.warehouse.command.Settings;
import com.qcompany.warehouse.command.StreamSettings;
import com.qcompany.warehouse.fake.PlainLocalFileSystem;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestsTest {

    private static final Instant NOW = Instant.parse("2024-07-04T18:00:00Z");
    private static final EventHour HOUR = EventHour.parse("2024-07-04-17");

    @TempDir
    private java.nio.file.Path root;

    private Configuration conf;
    private StreamFiles files;
    private FileSystem fs;
    private Manifests manifests;

    @BeforeEach
    void open() throws IOException {
        conf = new Configuration();
        conf.setClass("fs.file.impl", PlainLocalFileSystem.class, FileSystem.class);
        conf.set(Settings.ROOT.key(), root.toUri().toString());
        files = StreamFiles.of(conf);
        fs = files.fs();
        manifests = manifestsAt(NOW);
    }

    @Test
    void publishesOnceHoweverOftenItIsTold() throws IOException {
        Manifest manifest = sealed("one", 2);

        manifests.rollForward(manifest.epoch());
        manifests.rollForward(manifest.epoch());
        manifests.publish(manifest);

        assertThat(published()).containsExactly(manifest.epoch() + ".0.parquet", manifest.epoch() + ".1.parquet");
        assertThat(manifests.pending()).isEmpty();
        assertThat(manifests.done()).containsExactly(manifest);
        assertThat(fs.exists(files.staging("one", manifest.epoch()))).isFalse();
    }

    @Test
    void completesWhatWasPublishedInPart() throws IOException {
        Manifest manifest = sealed("one", 2);
        StagedFile first = manifest.files().get(0);
        fs.mkdirs(files.open(HOUR));
        fs.rename(path(first.staged()), path(first.target()));

        manifests.rollForward(manifest.epoch());

        assertThat(published()).hasSize(2);
    }

    @Test
    void takesNoHarmFromFilesThatWereCompactedSince() throws IOException {
        Manifest manifest = sealed("one", 1);
        manifests.publish(manifest);
        fs.delete(path(manifest.files().get(0).target()), false);

        manifests.publish(manifest);
        manifests.rollForward(manifest.epoch());

        assertThat(published()).isEmpty();
    }

    @Test
    void raisesTheAlarmOverCommittedRowsThatAreGone() throws IOException {
        Manifest manifest = sealed("one", 1);
        fs.delete(path(manifest.files().get(0).staged()), false);

        assertThatThrownBy(() -> manifests.rollForward(manifest.epoch()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is neither staged nor published");
    }

    @Test
    void raisesTheAlarmOverACommittedEpochWithoutAManifest() {
        String epoch = EpochId.of("one", NOW);

        assertThatThrownBy(() -> manifests.rollForward(epoch))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("but it has no manifest");
    }

    @Test
    void removesOnlyWhatIsOlderThanTheRetentionBeforeTheNewestEpoch() throws IOException {
        Manifest manifest = sealed("one", 1);
        manifests.publish(manifest);
        Instant longAfter = NOW.plus(StreamSettings.RETAIN_MANIFESTS.get(conf)).plusSeconds(86_400);
        Manifests later = manifestsAt(longAfter);

        later.expire();
        assertThat(later.done()).as("there was a pause").containsExactly(manifest);

        Manifest newer = new Manifest(EpochId.of("one", longAfter), "one", "", List.of(), List.of());
        later.write(newer);
        later.publish(newer);
        later.expire();
        later.rollForward(manifest.epoch());
        assertThat(later.done()).containsExactly(newer);
    }

    @Test
    void keepsManifestsThoughOneIsOfATimeToCome() throws IOException {
        Manifest manifest = sealed("one", 1);
        manifests.publish(manifest);
        Manifest ahead =
                new Manifest(EpochId.of("one", NOW.plus(365, ChronoUnit.DAYS)), "one", "", List.of(), List.of());
        manifests.write(ahead);
        manifests.publish(ahead);

        manifests.expire();

        assertThat(manifests.done()).containsExactly(manifest, ahead);
        Manifests afterAPause = manifestsAt(NOW.plus(200, ChronoUnit.DAYS));
        afterAPause.expire();
        assertThat(afterAPause.done()).containsExactly(manifest, ahead);
        manifests.rollForward(manifest.epoch());
    }

    @Test
    void discardsWhatWasNotCommittedAndNothingElse() throws IOException {
        Manifest kept = sealed("one", 1);
        Manifest dropped = sealed("one", 1);

        manifests.discard(dropped);

        assertThat(manifests.pending()).containsExactly(kept);
        assertThat(fs.listStatus(files.path("staging/one"))).hasSize(1);
    }

    private Manifests manifestsAt(Instant now) {
        return new Manifests(files, Clock.fixed(now, ZoneOffset.UTC));
    }

    private Manifest sealed(String instance, int count) throws IOException {
        String epoch = EpochId.of(instance, NOW);
        StagedFiles staged = new StagedFiles(files, instance, epoch);
        for (int i = 0; i < count; i++) {
            staged.open(i, files.open(HOUR), "", EventFileWriter::open);
        }
        Manifest manifest = new Manifest(
                epoch, instance, "", staged.close(), List.of(new OffsetRange("app-logs", 0, 0, count, count, 0, 0, 0)));
        manifests.write(manifest);
        return manifest;
    }

    private List<String> published() throws IOException {
        return java.util.Arrays.stream(fs.listStatus(files.open(HOUR)))
                .map(status -> status.getPath().getName())
                .sorted()
                .toList();
    }

    private Path path(String belowRoot) {
        return new Path(files.warehouse().root(), belowRoot);
    }
}
