package com.qcompany.warehouse.state;

import java.io.IOException;

/** Whether this run may still change the warehouse: {@code lease::verify}. */
@FunctionalInterface
public interface LeaseCheck {

    /** Returns while the lease is held; throws once another run took it over. */
    void verify() throws IOException;
}
