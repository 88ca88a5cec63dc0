package dev.segue.audience;

/**
 * A segment so narrow or so wide that it tells nothing.
 *
 * @param customers all there are
 * @param members those whom the segment holds: nobody, or nearly everybody
 */
public record SegmentWidth(String segment, long customers, long members) {

    public boolean isNobody() {
        return members == 0;
    }
}
