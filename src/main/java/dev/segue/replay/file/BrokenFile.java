package dev.segue.replay.file;

/** A file cannot be read further: truncated, corrupt, or its quotes do not match. What was read before stands. */
public final class BrokenFile extends Exception {
    private static final long serialVersionUID = 1L;

    BrokenFile(String message) {
        super(message);
    }
}
