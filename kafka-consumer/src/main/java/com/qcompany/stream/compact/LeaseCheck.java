package com.qcompany.stream.compact;

import java.io.IOException;

/** Whether this process may still compact: {@code lease::verify}. */
@FunctionalInterface
interface LeaseCheck {

    /** Returns while the lease is held; throws once another process took it over. */
    void verify() throws IOException;
}
