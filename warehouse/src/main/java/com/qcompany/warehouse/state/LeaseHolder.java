package com.qcompany.warehouse.state;

import java.time.Instant;

/** Who has a lease: what it calls itself, and when it renewed the lease last by the file system's clock. */
public record LeaseHolder(String name, Instant renewedAt) {}
