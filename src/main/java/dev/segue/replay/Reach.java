package dev.segue.replay;

/**
 * Whom a segment reached in a replay.
 *
 * @param customers how many entered at least once
 * @param members how many were in it at the end
 */
public record Reach(long customers, long members) {
    /** Nobody. */
    public static final Reach NONE = new Reach(0, 0);
}
