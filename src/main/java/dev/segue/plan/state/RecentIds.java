// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import java.util.Arrays;

/**
 * The latest ids of one kind, such as those of a customer's events, as 48-bit hashes: a new id is mistaken for an old
 * one about once in 10¹³ events.
 */
public final class RecentIds {
    /** The largest window for duplicate detection, in events. */
    public static final int MOST = 256;

    private static final long MASK = (1L << 48) - 1;

    private long[] hashes;

    /** @param hashes oldest first; not copied */
    public RecentIds(long... hashes) {
        this.hashes = hashes;
    }

    /** Returns the hashes, oldest first. */
    public long[] hashes() {
        return hashes.clone();
    }

    int size() {
        return hashes.length;
    }

    /**
     * Returns whether the event is among the latest {@code window}. The window may be smaller than the number of stored
     * ids if another plan stored them.
     */
    public boolean contains(String eventId, int window) {
        long wanted = hash(eventId);
        for (int index = Math.max(0, hashes.length - window); index < hashes.length; index++) {
            if (hashes[index] == wanted) {
                return true;
            }
        }
        return false;
    }

    /** Adds the event and keeps the {@code window - 1} before it. */
    public void add(String eventId, int window) {
        int kept = Math.min(hashes.length, window - 1);
        long[] next = Arrays.copyOfRange(hashes, hashes.length - kept, hashes.length + 1);
        next[kept] = hash(eventId);
        hashes = next;
    }

    /**
     * Adds the unknown ones of other ids, as the latest.
     *
     * @return whether older ids were dropped, because there are more than {@code window}
     */
    boolean addAll(RecentIds others, int window) {
        long[] fresh = Arrays.stream(others.hashes)
                .filter(hash -> Arrays.stream(hashes).noneMatch(known -> known == hash))
                .toArray();
        long[] all = Arrays.copyOf(hashes, hashes.length + fresh.length);
        System.arraycopy(fresh, 0, all, hashes.length, fresh.length);
        hashes = Arrays.copyOfRange(all, Math.max(0, all.length - window), all.length);
        return all.length > window;
    }

    /**
     * Adds the ids of another history of the same person, whose times are unknown: the latest of both, in turns.
     */
    public void interleave(RecentIds other, int window) {
        long[] next = new long[Math.min(window, hashes.length + other.hashes.length)];
        int own = hashes.length;
        int others = other.hashes.length;
        for (int index = next.length - 1; index >= 0; index--) {
            boolean isOwn = others == 0 || (own > 0 && hashes.length - own <= other.hashes.length - others);
            next[index] = isOwn ? hashes[--own] : other.hashes[--others];
        }
        hashes = next;
    }

    /** Drops the older half; returns false if there is nothing to drop. */
    boolean halve() {
        int kept = hashes.length / 2;
        boolean any = hashes.length > 0;
        hashes = Arrays.copyOfRange(hashes, hashes.length - kept, hashes.length);
        return any;
    }

    /**
     * Computes FNV-1a over the characters (Fowler, Noll, Vo; 64 bits), finished with the mixer of SplitMix64 (Steele et
     * al. 2014).
     */
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int index = 0; index < text.length(); index++) {
            hash = (hash ^ text.charAt(index)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return (hash ^ (hash >>> 31)) & MASK;
    }
}
