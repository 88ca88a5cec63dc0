package dev.segue.definition;

/** One checked definition. */
public interface Definition {
    /** Unique over all definitions. */
    String name();

    /** Changes whenever the definition's text does: the first 12 hexadecimal digits of its SHA-256. */
    String version();
}
