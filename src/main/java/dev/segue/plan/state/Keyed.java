// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.state;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The elements of a stream in groups of equal key, each with its own aggregates. */
public final class Keyed extends AggregateState {
    /** The maximum number of groups of one stream per customer. The least recently touched groups are dropped. */
    public static final int CAP = 256;

    private static final int FEW = 16;

    private final List<Group> groups;
    /** An index of the groups by key, built when there are more than a few; empty until it is needed. */
    private final Map<Object, Group> byKey = new HashMap<>();

    private boolean clipped;
    /** Conditions that hold for none of the groups, apart from those that were joined since. */
    private final List<NoneHolds> noneHolds = new ArrayList<>(0);

    /** See {@link #latest}; null if it must be computed. */
    private @Nullable List<Group> latest;

    public Keyed() {
        this(List.of(), false);
    }

    /**
     * @param groups in order of (time, arrival) of the first element of each
     * @param clipped whether the cap has ever dropped a group
     */
    public Keyed(List<Group> groups, boolean clipped) {
        this.groups = new ArrayList<>(groups);
        this.clipped = clipped;
    }

    /** One group. Mutable. */
    public static final class Group {
        private final Object key;
        private final AggregateStates aggregates;
        private long firstAt;
        private long lastAt;
        /** Results computed since its latest element; null if there are none. */
        private @Nullable GroupAnswers answers;

        /**
         * @param key the key of all its elements
         * @param firstAt time of the earliest element that it ever had, in milliseconds since the epoch
         * @param lastAt time of the latest
         * @param aggregates the aggregates of its elements
         */
        public Group(Object key, long firstAt, long lastAt, AggregateStates aggregates) {
            this.key = key;
            this.firstAt = firstAt;
            this.lastAt = lastAt;
            this.aggregates = aggregates;
        }

        public Object key() {
            return key;
        }

        public long firstAt() {
            return firstAt;
        }

        public long lastAt() {
            return lastAt;
        }

        public AggregateStates aggregates() {
            return aggregates;
        }

        public GroupAnswers answers() {
            if (answers == null) {
                answers = new GroupAnswers();
            }
            return answers;
        }
    }

    /** Returns all groups in order of (time, arrival) of their first elements. */
    public List<Group> groups() {
        return Collections.unmodifiableList(groups);
    }

    /** As {@link #groups}, limited to the {@link #CAP} most recently touched groups. */
    public List<Group> latest() {
        if (groups.size() <= CAP) {
            return groups();
        }
        if (latest == null) {
            latest = latest(groups, Group::lastAt);
        }
        return latest;
    }

    /** Returns the number of groups with an element later than the time that {@link #latest} leaves out. */
    public int leftOut(long since) {
        if (groups.size() <= CAP) {
            return 0;
        }
        int seen = 0;
        for (Group group : groups) {
            seen += group.lastAt > since ? 1 : 0;
        }
        return Math.max(0, seen - CAP);
    }

    /** Returns whether the cap has ever dropped a group. */
    public boolean clipped() {
        return clipped;
    }

    /** Returns the group of a key after an element with this time has joined it. */
    public Group join(Object key, long time) {
        changed();
        latest = null;
        Group group = find(key);
        if (group == null) {
            group = new Group(key, time, time, new AggregateStates());
            insert(group);
            if (!byKey.isEmpty()) {
                byKey.put(key, group);
            }
        } else if (time < group.firstAt) {
            groups.remove(group);
            group.firstAt = time;
            insert(group);
        }
        group.lastAt = Math.max(group.lastAt, time);
        for (int index = noneHolds.size() - 1; index >= 0; index--) {
            if (!noneHolds.get(index).join(group)) {
                noneHolds.remove(index);
            }
        }
        group.answers = null;
        return group;
    }

    /** Returns what is remembered of a condition; null if it may hold for a group. */
    public @Nullable NoneHolds noneHolds(Object condition) {
        for (int index = 0; index < noneHolds.size(); index++) {
            if (noneHolds.get(index).isOf(condition)) {
                return noneHolds.get(index);
            }
        }
        return null;
    }

    /** Remembers that a condition holds for no group, in place of what is remembered of it. */
    public void remember(Object condition, NoneHolds none) {
        noneHolds.removeIf(known -> known.isOf(condition));
        noneHolds.add(none);
    }

    /** Forgets all results, because definitions have changed. */
    public void forgetAnswers() {
        noneHolds.clear();
        groups.forEach(group -> group.answers = null);
    }

    /**
     * Adds the groups of another history, whose elements arrived later than those of equal time.
     *
     * @param other may not be used any more
     * @param unite adds the aggregates of a group of the other history to those of the group with the same key, which
     *     may be new
     */
    public void merge(Keyed other, BiConsumer<AggregateStates, AggregateStates> unite) {
        changed();
        forgetAnswers();
        clipped |= other.clipped;
        for (Group more : other.groups) {
            Group group = join(more.key, more.firstAt);
            group.lastAt = Math.max(group.lastAt, more.lastAt);
            unite.accept(group.aggregates, more.aggregates);
        }
    }

    /** Returns the group of a key; null if there is none, or if {@link #latest} leaves it out. */
    public @Nullable Group get(Object key) {
        Group group = find(key);
        return groups.size() <= CAP || latest().contains(group) ? group : null;
    }

    private @Nullable Group find(Object key) {
        if (groups.size() > FEW) {
            if (byKey.isEmpty()) {
                groups.forEach(group -> byKey.put(group.key, group));
            }
            return byKey.get(key);
        }
        for (int index = 0; index < groups.size(); index++) {
            if (groups.get(index).key.equals(key)) {
                return groups.get(index);
            }
        }
        return null;
    }

    /** Inserts a group after all others of the same time, because its first element has just arrived. */
    private void insert(Group group) {
        int index = groups.size();
        while (index > 0 && groups.get(index - 1).firstAt > group.firstAt) {
            index--;
        }
        groups.add(index, group);
    }

    /** Drops groups without an element later than the time. */
    public void dropUntil(long time) {
        boolean any = groups.removeIf(group -> {
            boolean isOld = group.lastAt <= time;
            if (isOld) {
                noneHolds.removeIf(none -> !none.leave(group));
            }
            return isOld;
        });
        if (any) {
            changed();
            byKey.clear();
        }
    }

    /** Drops the least recently touched half of the groups. */
    @Override
    public boolean halve() {
        int half = groups.size() / 2;
        boolean any = false;
        while (groups.size() > half) {
            any |= dropOverCap(groups.size() - 1);
        }
        latest = null;
        return any;
    }

    /** Drops the least recently touched group if there are too many; returns whether it dropped one. */
    public boolean dropOverCap(int cap) {
        if (groups.size() <= cap) {
            return false;
        }
        changed();
        Group stalest = groups.get(0);
        for (Group group : groups) {
            stalest = group.lastAt < stalest.lastAt ? group : stalest;
        }
        groups.remove(stalest);
        byKey.clear();
        noneHolds.clear();
        clipped = true;
        return true;
    }

    /** Returns at most {@link #CAP} groups, without the least recently touched ones. */
    public static <G> List<G> latest(List<G> all, ToLongFunction<G> touched) {
        List<G> byTouch = new ArrayList<>(all);
        byTouch.sort(Comparator.comparingLong(touched).reversed());
        Set<G> kept = Collections.newSetFromMap(new IdentityHashMap<>());
        kept.addAll(byTouch.subList(0, CAP));
        return all.stream().filter(kept::contains).toList();
    }
}
