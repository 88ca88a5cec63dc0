// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.Timed;
import java.util.List;
import java.util.function.IntConsumer;

/** The visible elements of a list at an instant: the steps are applied in the order written. */
record ListView(Elements elements, List<ListStep> steps) implements Anchor {
    List<Timed> seen(Frame frame) {
        List<Timed> seen = elements.all(frame);
        for (ListStep step : steps) {
            seen = step.apply(seen, frame);
        }
        return seen;
    }

    long stableUntil(Frame frame) {
        if (steps.isEmpty()) {
            return CustomerState.NEVER;
        }
        List<Timed> all = elements.all(frame);
        long until = CustomerState.NEVER;
        for (ListStep step : steps) {
            until = Math.min(until, step.stableUntil(all, frame));
        }
        return until;
    }

    /** Returns the window, in milliseconds, if it is the only time-dependent step; otherwise 0. */
    long onlyWindow() {
        long window = 0;
        for (ListStep step : steps) {
            if (step instanceof ListStep.Within within) {
                window = window == 0 ? within.window() : Math.min(window, within.window());
            } else if (!(step instanceof ListStep.Matching || step instanceof ListStep.Following)) {
                return 0;
            }
        }
        return window;
    }

    @Override
    public long latestTime(Frame frame) {
        List<Timed> seen = seen(frame);
        return seen.isEmpty() ? Long.MIN_VALUE : seen.get(seen.size() - 1).time();
    }

    @Override
    public long latestStableUntil(Frame frame) {
        return stableUntil(frame);
    }

    @Override
    public boolean isTimed() {
        return true;
    }

    @Override
    public void forEachAggregate(IntConsumer action) {
        elements.forEachAggregate(action);
        steps.forEach(step -> step.forEachAggregate(action));
    }
}
