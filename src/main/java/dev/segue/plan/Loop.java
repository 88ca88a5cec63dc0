package dev.segue.plan;

import dev.segue.definition.Expression.Comprehension.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code filter map exists all share} over a list.
 *
 * @param overGroups whether the elements are groups of a stream, whose answers time can change
 */
record Loop(Kind kind, Node range, int depth, Node body, boolean overGroups) implements Node {
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

    private void look(Object element, Frame frame) {
        if (element instanceof Keyed.Group group) {
            frame.enter(group.aggregates());
        }
        frame.setElement(depth, FieldValue.readable(element));
    }

    private Object collect(List<?> list, Frame frame) {
        List<Object> kept = new ArrayList<>(list.size());
        for (Object element : list) {
            look(element, frame);
            Object value = body.value(frame);
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
            look(element, frame);
            holding += body.test(frame) ? 1 : 0;
        }
        return list.isEmpty() ? 0.0 : (double) holding / list.size();
    }

    /** As CEL has it, one element that decides does so even where another has no value. */
    private boolean any(List<?> list, boolean wanted, Frame frame) {
        EvaluationException failure = null;
        for (Object element : list) {
            look(element, frame);
            try {
                if (body.test(frame) == wanted) {
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

    @Override
    public long stableUntil(Frame frame) {
        long until = range.stableUntil(frame);
        if (!overGroups) {
            return until;
        }
        try {
            for (Object group : (List<?>) range.value(frame)) {
                look(group, frame);
                until = Math.min(until, body.stableUntil(frame));
            }
            return until;
        } catch (EvaluationException noGroups) {
            return until; // Before the groups have a value there is nothing to ask them.
        }
    }
}
