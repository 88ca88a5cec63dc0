package dev.segue.serde.output;

/** What the conductor tells every partition. */
public sealed interface Control {

    /**
     * Time, as a record.
     *
     * @param at milliseconds since the epoch
     */
    record Tick(long at) implements Control {}

    /** A message of a later version that this one does not know, and ignores. */
    record Unknown() implements Control {}
}
