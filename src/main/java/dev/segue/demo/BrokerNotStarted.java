package dev.segue.demo;

/** The embedded broker cannot start for a reason that the user can mend; the message says which and how. */
public final class BrokerNotStarted extends Exception {
    private static final long serialVersionUID = 1L;

    BrokerNotStarted(String message) {
        super(message);
    }

    BrokerNotStarted(String message, Throwable cause) {
        super(message, cause);
    }
}
