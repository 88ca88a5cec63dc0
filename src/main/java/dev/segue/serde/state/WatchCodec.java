// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.state;

import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.DueTimes;
import org.jspecify.annotations.Nullable;

/**
 * Encodes the plan's watches for a customer: when each definition's result may change by itself, and the terms that are
 * not watched in the default way. They could be recomputed by evaluating every definition; storing them saves that
 * work.
 */
final class WatchCodec {
    private WatchCodec() {}

    static void write(StateWriter out, CustomerState state) {
        writeDueTimes(out, state.dueTimes(), state.clock().now());
        writeTerms(out, state.watchDifferences());
    }

    static void read(StateReader in, CustomerState state) {
        DueTimes dueTimes = readDueTimes(in, state.clock().now());
        state.restoreWatches(dueTimes, readTerms(in));
    }

    private static void writeDueTimes(StateWriter out, @Nullable DueTimes dueTimes, long now) {
        out.unsigned(dueTimes == null ? 0 : dueTimes.size() + 1L);
        int before = 0;
        for (int index = 0; dueTimes != null && index < dueTimes.size(); index++) {
            out.unsigned(dueTimes.position(index) - before);
            before = dueTimes.position(index);
            out.signed(dueTimes.instant(index) - now);
        }
    }

    private static @Nullable DueTimes readDueTimes(StateReader in, long now) {
        int coded = in.checked(in.unsigned());
        DueTimes dueTimes = coded == 0 ? null : new DueTimes();
        int position = 0;
        for (int left = coded - 1; dueTimes != null && left > 0; left--) {
            position = Math.toIntExact(position + in.unsigned());
            dueTimes.set(position, now + in.signed());
        }
        return dueTimes;
    }

    private static void writeTerms(StateWriter out, int @Nullable [] terms) {
        out.unsigned(terms == null ? 0 : terms.length + 1L);
        int before = 0;
        for (int index = 0; terms != null && index < terms.length; index++) {
            out.unsigned(terms[index] - before);
            before = terms[index];
        }
    }

    private static int @Nullable [] readTerms(StateReader in) {
        int coded = in.checked(in.unsigned());
        if (coded == 0) {
            return null;
        }
        int[] terms = new int[coded - 1];
        int before = 0;
        for (int index = 0; index < terms.length; index++) {
            before = Math.toIntExact(before + in.unsigned());
            terms[index] = before;
        }
        return terms;
    }
}
