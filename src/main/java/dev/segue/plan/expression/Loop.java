// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.definition.language.Expression.Comprehension.Kind;
import dev.segue.plan.state.GroupAnswers;
import dev.segue.plan.state.Keyed;
import dev.segue.value.EvaluationException;
import dev.segue.value.Values;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code filter map exists all share} over a list.
 *
 * @param overGroups whether the elements are groups of a stream, whose results time can change
 * @param remembered whether the body's value depends only on the group, so that it can be cached
 */
record Loop(Kind kind, Node range, int depth, Node body, boolean overGroups, boolean remembered) implements Node {
    @Override
    public Object value(Frame frame) {
        List<?> list = (List<?>) range.value(frame);
        return switch (kind) {
            case MAP, FILTER -> collect(list, frame);
            case EXISTS -> any(list, true, frame);
            case ALL -> !any(list, false, frame);
            case SHARE -> share(list, frame);
        };
    }

    /** Returns the body's value for an element. */
    private Object of(Object element, Frame frame) {
        if (remembered && element instanceof Keyed.Group group) {
            return answer(group, frame).value();
        }
        look(element, frame);
        return body.value(frame);
    }

    private boolean holds(Object element, Frame frame) {
        return (Boolean) of(element, frame);
    }

    private void look(Object element, Frame frame) {
        if (element instanceof Keyed.Group group) {
            frame.enter(group.aggregates());
        }
        frame.setElement(depth, Values.readable(element));
    }

    private GroupAnswers.Answer answer(Keyed.Group group, Frame frame) {
        GroupAnswers.Answer answer = group.answers().find(body, frame.now());
        if (answer == null) {
            look(group, frame);
            answer = new GroupAnswers.Answer(body, body.value(frame), frame.now(), body.stableUntil(frame));
            group.answers().put(answer);
        }
        return answer;
    }

    private Object collect(List<?> list, Frame frame) {
        List<Object> kept = new ArrayList<>(list.size());
        for (Object element : list) {
            Object value = of(element, frame);
            if (kind == Kind.MAP) {
                kept.add(value);
            } else if ((Boolean) value) {
                kept.add(element);
            }
        }
        return kept;
    }

    private Object share(List<?> list, Frame frame) {
        long holding = 0;
        for (Object element : list) {
            holding += holds(element, frame) ? 1 : 0;
        }
        return list.isEmpty() ? 0.0 : (double) holding / list.size();
    }

    /** As in CEL, an element that decides does so even if another has no value. */
    private boolean any(List<?> list, boolean wanted, Frame frame) {
        EvaluationException failure = null;
        for (Object element : list) {
            try {
                if (holds(element, frame) == wanted) {
                    return true;
                }
            } catch (EvaluationException none) {
                failure = none;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return false;
    }

    private long stableUntil(Object element, Frame frame) {
        if (remembered && element instanceof Keyed.Group group) {
            try {
                return answer(group, frame).until();
            } catch (EvaluationException none) {
                // A failure is not cached.
            }
        }
        look(element, frame);
        return body.stableUntil(frame);
    }

    @Override
    public long stableUntil(Frame frame) {
        long until = range.stableUntil(frame);
        if (!overGroups) {
            return until;
        }
        try {
            for (Object group : (List<?>) range.value(frame)) {
                until = Math.min(until, stableUntil(group, frame));
            }
            return until;
        } catch (EvaluationException noGroups) {
            return until; // Nothing is due until the groups have a value.
        }
    }
}
