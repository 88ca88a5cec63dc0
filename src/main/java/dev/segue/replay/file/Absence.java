package dev.segue.replay.file;

/** What a row says itself about having no value. It stands in a row's cell too, where it reads as an empty text. */
public enum Absence {
    /** Nothing: there is a value, or no such member, or the empty cell of a format in which every cell is written. */
    UNSAID,
    /** A null of JSON. */
    NULL,
    /** An empty text of JSON. */
    EMPTY;

    @Override
    public String toString() {
        return "";
    }
}
