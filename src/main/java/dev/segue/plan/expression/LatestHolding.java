// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.plan.product.Asking;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.Series;
import dev.segue.plan.state.TestedElements.Tested;
import dev.segue.plan.state.Timed;
import dev.segue.value.EvaluationException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the latest element for which a condition holds, in a list from which time only takes elements away: what holds for
 * none holds for none later, and what holds for one does so until that one leaves.
 *
 * @param ofProducts whether the condition depends on nothing but the element and facts of products
 */
record LatestHolding(ListView view, Node condition, int depth, boolean ofProducts) {
    /** Products of elements that are gone are asked about until so many more than there are elements. */
    private static final int SPARE = 16;

    /** @throws EvaluationException if the condition holds for no element and has no value for some */
    @Nullable
    Timed find(Frame frame) {
        Asking asking = frame.asking();
        if (asking == null || !ofProducts || !(view.elements() instanceof Elements.OfSeries stored)) {
            return latest(view.seen(frame), frame);
        }
        return frame.find(stored.aggregate()) instanceof Series series ? find(series, asking, frame) : null;
    }

    private @Nullable Timed find(Series series, Asking asking, Frame frame) {
        CustomerState state = frame.state();
        Tested known = state.tested().find(this);
        int before = asking.size();
        boolean isValid = known != null
                && asking.evaluation() - known.evaluation() <= 1
                && known.asked().length <= 2 * series.size() + SPARE
                && !state.products().haveChanged(known.asked(), known.seen(), frame.now());
        boolean isSame = isValid && known.changes() == series.changes();
        boolean isNext = isValid && known.changes() + 1 == series.changes() && series.hasAppended();
        Timed found = null;
        if (isSame || isNext) {
            asking.addAll(known.asked());
        }
        if (!isSame) {
            List<Timed> open = isNext
                    ? List.of(Elements.OfSeries.element(series, series.size() - 1))
                    : view.elements().all(frame);
            for (ListStep step : view.steps()) {
                open = step.apply(open, frame);
            }
            found = latest(open, frame);
        }
        int[] asked = isSame ? known.asked() : asking.from(before);
        Tested next = new Tested(series.changes(), state.products().numberAt(frame.now()), asking.evaluation(), asked);
        state.tested().put(this, found == null ? next : null);
        return found;
    }

    private @Nullable Timed latest(List<Timed> elements, Frame frame) {
        EvaluationException failure = null;
        Timed latest = null;
        for (int index = elements.size() - 1; index >= 0; index--) {
            Timed element = elements.get(index);
            // The lines of a cart are not in order of their times.
            if (latest == null || element.time() > latest.time()) {
                frame.setElement(depth, element.value());
                try {
                    latest = condition.test(frame) ? element : latest;
                } catch (EvaluationException none) {
                    failure = none;
                }
            }
        }
        if (latest == null && failure != null) {
            throw failure;
        }
        return latest;
    }

    long stableUntil(Frame frame) {
        long window = view.onlyWindow();
        if (window == 0) {
            return CustomerState.NEVER;
        }
        try {
            Timed latest = find(frame);
            return latest == null ? CustomerState.NEVER : latest.time() + window;
        } catch (EvaluationException none) {
            // Once the elements without a value have left, the condition has one again.
            return view.stableUntil(frame);
        }
    }
}
