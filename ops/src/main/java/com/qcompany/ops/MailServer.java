package com.qcompany.ops;

/** An SMTP server that takes mail without authentication: one's own host's, or a relay's. */
public record MailServer(String host, int port) {

    /** Where a host's own mail server listens. */
    public static final MailServer LOCAL = new MailServer("127.0.0.1", 25);

    /** That of the environment's {@code Q_SMTP}, HOST:PORT; else the host's own. */
    public static MailServer ofEnvironment() {
        String smtp = System.getenv("Q_SMTP");
        return smtp == null ? LOCAL : parse(smtp);
    }

    /**
     * Parses {@code HOST:PORT}.
     *
     * @throws IllegalArgumentException if it is something else
     */
    private static MailServer parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1 || !text.substring(colon + 1).matches("\\d{1,5}")) {
            throw new IllegalArgumentException("Cannot mail through %s (expected HOST:PORT)".formatted(text));
        }
        return new MailServer(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }
}
