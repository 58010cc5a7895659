package com.qcompany.generator;

import org.jspecify.annotations.Nullable;

/**
 * What a generated group holds.
 *
 * @param name folder name
 * @param resendOf folder name of the group whose content it repeats byte for byte; null for a group of its own
 * @param sales what its transactions file holds, as if it came alone
 */
public record GroupTruth(String name, @Nullable String resendOf, SalesTruth sales) {}
