package dev.segue.runtime.cluster;

/** The processor cannot start or go on as things are: what is wrong, where, and how to mend it, in one sentence. */
public final class CannotStart extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CannotStart(String message) {
        super(message);
    }

    public CannotStart(String message, Throwable cause) {
        super(message, cause);
    }
}
