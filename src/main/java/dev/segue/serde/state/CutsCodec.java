// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.state;

import dev.segue.plan.population.Cuts;

/** Encodes stored cuts: numbers of variable length, and each bucket as the difference from the one before. */
public final class CutsCodec {
    private static final int VERSION = 1;

    private CutsCodec() {}

    public static byte[] write(Cuts cuts) {
        return StateWriter.whole(out -> {
            out.oneByte(VERSION);
            out.fixedLong(cuts.population());
            out.signed(cuts.at());
            out.unsigned(cuts.customers());
            int[] lowest = cuts.lowest();
            out.unsigned(lowest == null ? 0 : lowest.length);
            long before = 0;
            for (int index = 0; lowest != null && index < lowest.length; index++) {
                out.signed(lowest[index] - before);
                before = lowest[index];
            }
        });
    }

    /**
     * Decodes the result of {@link #write}.
     *
     * @throws CorruptState if the bytes are damaged, or another version of Segue stored them
     */
    public static Cuts read(byte[] stored) {
        return StateReader.whole(stored, CutsCodec::read);
    }

    private static Cuts read(StateReader in) {
        int version = in.oneByte();
        if (version != VERSION) {
            throw new CorruptState("cuts of version " + version + " instead of " + VERSION);
        }
        long population = in.fixedLong();
        long at = in.signed();
        long customers = in.unsigned();
        int[] lowest = new int[in.count(1)];
        long before = 0;
        for (int index = 0; index < lowest.length; index++) {
            before += in.signed();
            lowest[index] = (int) before;
        }
        if (lowest.length != 0 && lowest.length != Cuts.HIGHEST + 1) {
            throw new CorruptState("cuts with " + lowest.length + " percentiles");
        }
        return new Cuts(population, at, customers, lowest.length == 0 ? null : lowest);
    }
}
