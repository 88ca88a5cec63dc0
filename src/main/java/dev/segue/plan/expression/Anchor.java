// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import java.util.function.IntConsumer;

/** The stream that {@code after} compares with. */
public interface Anchor {
    /** The time of the latest element seen, or {@link Long#MIN_VALUE}. */
    long latestTime(Frame frame);

    /** When the latest element seen may be another by itself. */
    long latestStableUntil(Frame frame);

    /** Whether time alone can change it. */
    boolean isTimed();

    void forEachAggregate(IntConsumer action);
}
