// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.definition.language.Expression.Comprehension.Kind;
import dev.segue.definition.reduction.Reduction;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.GroupAnswers;
import dev.segue.plan.state.Keyed;
import dev.segue.plan.state.NoneHolds;
import dev.segue.value.EvaluationException;
import dev.segue.value.Values;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code filter map exists all share} over a list.
 *
 * @param range the list; its elements are groups of a stream, whose results time can change, if {@code overGroups}
 * @param memory which results can be cached with a group
 */
record Loop(Kind kind, Node range, int depth, Node body, boolean overGroups, Memory memory) implements Node {

    /**
     * Whether the body's value depends only on the group and on aggregates, so that it can be cached.
     *
     * @param around the aggregates outside the group: a result holds until one of them changes
     */
    record Memory(boolean remembers, List<Integer> around) {
        static final Memory NONE = new Memory(false, List.of());

        /** Returns a number that is another one after each change outside the group. */
        private long surroundings(Frame frame) {
            long changes = 0;
            for (int index = 0; index < around.size(); index++) {
                changes += frame.changes(around.get(index));
            }
            return changes;
        }
    }

    @Override
    public Object value(Frame frame) {
        long around = memory.surroundings(frame);
        return switch (kind) {
            case MAP, FILTER -> collect(list(frame), around, frame);
            case EXISTS -> exists(around, frame);
            case ALL -> !any(list(frame), false, around, frame);
            case SHARE -> share(list(frame), around, frame);
        };
    }

    private List<?> list(Frame frame) {
        return (List<?>) range.value(frame);
    }

    /** Returns the body's value for an element. */
    private Object of(Object element, long around, Frame frame) {
        if (memory.remembers() && element instanceof Keyed.Group group) {
            return answer(group, around, frame).value();
        }
        look(element, frame);
        return body.value(frame);
    }

    private boolean holds(Object element, long around, Frame frame) {
        return (Boolean) of(element, around, frame);
    }

    private void look(Object element, Frame frame) {
        if (element instanceof Keyed.Group group) {
            frame.enter(group.aggregates());
        }
        if (element instanceof JoinedGroups.Joined joined) {
            frame.enter(id -> joined.find(id, frame));
            frame.setElement(depth, joined.element());
            return;
        }
        frame.setElement(depth, Values.readable(element));
    }

    private GroupAnswers.Answer answer(Keyed.Group group, long around, Frame frame) {
        GroupAnswers.Answer answer = group.answers().find(body, around, frame.now());
        if (answer == null) {
            look(group, frame);
            answer = new GroupAnswers.Answer(body, body.value(frame), around, frame.now(), body.stableUntil(frame));
            group.answers().put(answer);
        }
        return answer;
    }

    private Object collect(List<?> list, long around, Frame frame) {
        List<Object> kept = new ArrayList<>();
        for (int index = 0; index < list.size(); index++) {
            Object value = of(list.get(index), around, frame);
            if (kind == Kind.MAP) {
                kept.add(value);
            } else if ((Boolean) value) {
                kept.add(list.get(index));
            }
        }
        return kept;
    }

    private Object share(List<?> list, long around, Frame frame) {
        long holding = 0;
        for (Object element : list) {
            holding += holds(element, around, frame) ? 1 : 0;
        }
        return list.isEmpty() ? 0.0 : (double) holding / list.size();
    }

    /** As in CEL, an element that decides does so even if another has no value. */
    private boolean any(List<?> list, boolean wanted, long around, Frame frame) {
        EvaluationException failure = null;
        for (int index = 0; index < list.size(); index++) {
            try {
                if (holds(list.get(index), around, frame) == wanted) {
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

    private boolean exists(long around, Frame frame) {
        Object deciding = deciding(around, frame);
        return deciding == null ? any(list(frame), true, around, frame) : !(deciding instanceof NoneHolds);
    }

    /**
     * Returns an element of the list for which the body holds, or what is remembered or computed of all groups if it holds
     * for none of them; null if this is not known.
     */
    private @Nullable Object deciding(long around, Frame frame) {
        GroupSource groups =
                kind == Kind.EXISTS && memory.remembers() && range instanceof GroupSource source ? source : null;
        List<Keyed> states = groups == null ? null : groups.states(frame);
        if (groups == null || states == null) {
            return null;
        }
        NoneHolds known = NoneHolds.of(body, states);
        boolean isValid = known != null && known.isValid(around, frame.now());
        if (isValid && known.joined().isEmpty()) {
            return known;
        }
        long until = isValid ? known.until() : CustomerState.NEVER;
        try {
            List<?> open = isValid ? changed(known.joined(), groups, frame) : list(frame);
            for (int index = 0; index < open.size(); index++) {
                if (holds(open.get(index), around, frame)) {
                    return open.get(index);
                }
            }
            for (int index = 0; index < open.size(); index++) {
                until = Math.min(until, stableUntil(open.get(index), around, frame));
            }
        } catch (EvaluationException noValue) {
            return null;
        }
        NoneHolds none = new NoneHolds(body, states.size(), groups.isOfOne(), around, frame.now(), until);
        states.forEach(state -> state.remember(body, none));
        return none;
    }

    /** Returns the list's elements that an event may have changed, in the list's order. */
    private List<?> changed(List<Keyed.Group> joined, GroupSource groups, Frame frame) {
        Object key = joined.get(0).key();
        if (joined.stream().allMatch(group -> group.key().equals(key))) {
            Object element = groups.find(key, frame);
            return element == null ? List.of() : List.of(element);
        }
        List<?> list = list(frame);
        List<Object> changed = new ArrayList<>(joined.size());
        for (int index = 0; index < list.size(); index++) {
            for (int group = 0; group < joined.size(); group++) {
                if (groups.isOf(list.get(index), joined.get(group))) {
                    changed.add(list.get(index));
                    break;
                }
            }
        }
        return changed;
    }

    private long stableUntil(Object element, long around, Frame frame) {
        if (memory.remembers() && element instanceof Keyed.Group group) {
            try {
                return answer(group, around, frame).until();
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
            long around = memory.surroundings(frame);
            Object deciding = deciding(around, frame);
            if (deciding != null) {
                // As long as the body holds for one element, the others do not matter.
                long decided = deciding instanceof NoneHolds none ? none.until() : stableUntil(deciding, around, frame);
                return Math.min(until, decided);
            }
            List<?> groups = list(frame);
            for (int index = 0; index < groups.size(); index++) {
                until = Math.min(until, stableUntil(groups.get(index), around, frame));
            }
            return until;
        } catch (EvaluationException noGroups) {
            return until; // Nothing is due until the groups have a value.
        }
    }

    /** A reduction of a plain list. */
    record Reduced(Node list, Reduction reduction, Object zero) implements Node {
        @Override
        public Object value(Frame frame) {
            return reduction.of((List<?>) list.value(frame), zero);
        }

        @Override
        public long stableUntil(Frame frame) {
            return list.stableUntil(frame);
        }
    }
}
