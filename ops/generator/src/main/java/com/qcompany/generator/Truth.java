package com.qcompany.generator;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The right answers over generated groups: what the warehouse must hold once all of them are loaded, in any order.
 *
 * @param groups what each group holds
 * @param total over all groups but those that repeat another of them, which load nothing
 */
public record Truth(List<GroupTruth> groups, SalesTruth total) {

    public Truth {
        groups = List.copyOf(groups);
    }

    /** Over these groups. */
    public static Truth of(List<GroupTruth> groups) {
        Set<String> names = groups.stream().map(GroupTruth::name).collect(Collectors.toSet());
        return new Truth(
                groups,
                groups.stream()
                        .filter(group -> group.resendOf() == null || !names.contains(group.resendOf()))
                        .map(GroupTruth::sales)
                        .reduce(SalesTruth.NOTHING, SalesTruth::plus));
    }
}
