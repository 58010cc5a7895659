package com.qcompany.batch.feed;

/**
 * A contract as it is written.
 *
 * @param origin where it comes from, for messages: a file, or a resource of the program
 * @param yaml its text
 */
public record ContractText(String origin, String yaml) {}
