// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology.due;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Customer ids, stored back to back in slabs of 64 KiB, each preceded by two bytes of length. An address is the slab's
 * number and the offset in it. A separate array object per id would cost three times as much.
 */
final class CustomerIds {
    /** The longest id that fits. */
    static final int LONGEST = 4096;

    private static final int SLAB_BITS = 16;
    private static final int SLAB = 1 << SLAB_BITS;
    private static final int LENGTH_BYTES = 2;

    private List<byte[]> slabs = new ArrayList<>();

    /** Offset of the next id in the last slab; a full slab before the first id. */
    private int end = SLAB;

    private long live;
    private long holes;

    /** @throws IllegalStateException beyond 4 GiB of ids */
    int add(byte[] id) {
        int length = LENGTH_BYTES + id.length;
        if (id.length > LONGEST) {
            throw new IllegalArgumentException("an id of " + id.length + " bytes is longer than " + LONGEST);
        }
        if (end + length > SLAB) {
            if (slabs.size() == SLAB) {
                throw new IllegalStateException("more than 4 GiB of customer ids in one task; use more partitions");
            }
            slabs.add(new byte[SLAB]);
            end = 0;
        }
        byte[] slab = slabs.get(slabs.size() - 1);
        slab[end] = (byte) (id.length >>> 8);
        slab[end + 1] = (byte) id.length;
        System.arraycopy(id, 0, slab, end + LENGTH_BYTES, id.length);
        int address = (slabs.size() - 1) << SLAB_BITS | end;
        end += length;
        live += length;
        return address;
    }

    byte[] read(int address) {
        byte[] slab = slab(address);
        int place = address & (SLAB - 1);
        byte[] id = new byte[length(slab, place)];
        System.arraycopy(slab, place + LENGTH_BYTES, id, 0, id.length);
        return id;
    }

    boolean equal(int address, byte[] id) {
        byte[] slab = slab(address);
        int place = address & (SLAB - 1);
        if (length(slab, place) != id.length) {
            return false;
        }
        int start = place + LENGTH_BYTES;
        return Arrays.equals(slab, start, start + id.length, id, 0, id.length);
    }

    long hashAt(int address) {
        byte[] slab = slab(address);
        int place = address & (SLAB - 1);
        int start = place + LENGTH_BYTES;
        return hash(slab, start, start + length(slab, place));
    }

    static long hash(byte[] id) {
        return hash(id, 0, id.length);
    }

    /** Leaves the bytes as a hole until the next compaction. */
    void remove(int address) {
        int length = LENGTH_BYTES + length(slab(address), address & (SLAB - 1));
        live -= length;
        holes += length;
    }

    /** Returns true if compacting would free more than half of the memory, and at least one slab. */
    boolean isMostlyHoles() {
        return holes > live + SLAB;
    }

    long memory() {
        return (long) slabs.size() * SLAB;
    }

    /** Starts a compaction; every address that is still in use must be moved. */
    Compaction compact() {
        List<byte[]> old = slabs;
        slabs = new ArrayList<>();
        end = SLAB;
        live = 0;
        holes = 0;
        return address -> {
            byte[] slab = old.get(address >>> SLAB_BITS);
            int place = address & (SLAB - 1);
            byte[] id = new byte[length(slab, place)];
            System.arraycopy(slab, place + LENGTH_BYTES, id, 0, id.length);
            return add(id);
        };
    }

    /** Copies one id to its new place. */
    interface Compaction {
        /** Returns the new address of the id at the old address. */
        int move(int address);
    }

    /** FNV-1a, 64 bits. */
    private static long hash(byte[] bytes, int from, int to) {
        long hash = 0xcbf29ce484222325L;
        for (int place = from; place < to; place++) {
            hash = (hash ^ (bytes[place] & 0xff)) * 0x100000001b3L;
        }
        return hash;
    }

    private byte[] slab(int address) {
        return slabs.get(address >>> SLAB_BITS);
    }

    private static int length(byte[] slab, int place) {
        return (slab[place] & 0xff) << 8 | (slab[place + 1] & 0xff);
    }
}
