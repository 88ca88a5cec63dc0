package dev.segue.replay;

/** A file cannot be read further: truncated, corrupt, or its quotes do not match. What was read before stands. */
final class BrokenFile extends Exception {
    private static final long serialVersionUID = 1L;

    BrokenFile(String message) {
        super(message);
    }
}
