package dev.segue.replay.file;

/** A file that cannot be read at all, and how to mend that: absent, not text, or not what its mapping says. */
public final class UnreadableFile extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableFile(String message) {
        super(message);
    }
}
