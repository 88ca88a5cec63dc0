// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import java.util.function.IntConsumer;

/** The stream that {@code after} compares with. */
public interface Anchor {
    /** Returns the time of the latest visible element, or {@link Long#MIN_VALUE}. */
    long latestTime(Frame frame);

    /** Returns the first instant at which time alone may change the latest visible element. */
    long latestStableUntil(Frame frame);

    /** Returns whether time alone can change the latest visible element. */
    boolean isTimed();

    void forEachAggregate(IntConsumer action);
}
