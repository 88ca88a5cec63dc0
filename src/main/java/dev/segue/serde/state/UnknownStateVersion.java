package dev.segue.serde.state;

/** A stored state of a format that this version of Segue does not read. Nothing is wrong with it. */
public final class UnknownStateVersion extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownStateVersion(int found, int known) {
        super("customers were stored in format " + found + " by another version of Segue; this one reads format "
                + known);
    }
}
