package com.qcompany.batch.load;

import com.qcompany.batch.feed.Corrections;
import com.qcompany.batch.load.FileTallies.Count;
import com.qcompany.warehouse.state.SourceGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides which version of a sale stands, where its id comes several times.
 *
 * @param fates what becomes of each version that came, in their order: it is {@link Count#LOADED}, and a published version that
 *     differs is removed; is a {@link Count#DUPLICATE} of the one that stands; {@link Count#SUPERSEDED} by it; or
 *     {@link Count#REJECTED}
 * @param lastSeen group that brought the standing version last, which later arrivals are compared with
 */
record SaleVersions(List<Count> fates, SourceGroup lastSeen) {

    /**
     * A version.
     *
     * @param group group that brought it; of a published version the last one
     * @param digest digest of its values
     */
    record Version(SourceGroup group, long digest) {}

    SaleVersions {
        fates = List.copyOf(fates);
    }

    /**
     * Decides. Within one group, which has one file of sales, the first version counts and another one is rejected.
     *
     * @param published the published version, null where there is none
     * @param arrived versions that came, at least one, in the order of the source
     */
    static SaleVersions of(Corrections policy, @Nullable Version published, List<Version> arrived) {
        Map<SourceGroup, Version> firstOfGroup = new HashMap<>();
        if (published != null) {
            firstOfGroup.put(published.group(), published);
        }
        arrived.forEach(version -> firstOfGroup.putIfAbsent(version.group(), version));
        Version first = published == null ? arrived.get(0) : published;
        Version standing = policy == Corrections.REJECT ? first : lastOf(firstOfGroup.values().stream());
        List<Count> fates = new ArrayList<>();
        boolean written = published != null && published.digest() == standing.digest();
        for (Version version : arrived) {
            Version ofGroup = Objects.requireNonNull(firstOfGroup.get(version.group()));
            if (version.digest() != ofGroup.digest()) {
                fates.add(Count.REJECTED);
            } else if (version.digest() != standing.digest()) {
                fates.add(policy == Corrections.REJECT ? Count.REJECTED : Count.SUPERSEDED);
            } else {
                fates.add(written ? Count.DUPLICATE : Count.LOADED);
                written = true;
            }
        }
        return new SaleVersions(
                fates,
                lastOf(firstOfGroup.values().stream().filter(version -> version.digest() == standing.digest()))
                        .group());
    }

    private static Version lastOf(Stream<Version> versions) {
        return versions.max((one, other) -> one.group().compareTo(other.group()))
                .orElseThrow();
    }
}
