// SPDX-License-Identifier: Apache-2.0
package dev.segue.statistics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** What a task has counted and not sent yet. Not safe for several threads. */
public final class PendingCounts {
    private final Map<Slot, WindowCounts> all = new LinkedHashMap<>();
    private final Set<Slot> stored = new LinkedHashSet<>();
    private final Set<Slot> unsaved = new LinkedHashSet<>();

    /** Restores counts that were stored. */
    public void restore(Slot slot, WindowCounts counts) {
        all.put(slot, counts);
        stored.add(slot);
    }

    /** @param at the instant of what is counted, in milliseconds since the epoch */
    public void add(Subject subject, long at, Measure measure, long more) {
        of(subject, at).add(measure, more);
    }

    /** Returns the counts of a subject in the hour of an instant, for more to be added. */
    public WindowCounts of(Subject subject, long at) {
        Slot slot = new Slot(subject, Windows.hour(at));
        unsaved.add(slot);
        return all.computeIfAbsent(slot, absent -> new WindowCounts());
    }

    /** Takes one measure out of all counts of which it is a part; returns it by slot. */
    Map<Slot, Long> remove(Measure measure) {
        Map<Slot, Long> removed = new HashMap<>();
        all.forEach((slot, counts) -> {
            long count = counts.get(measure);
            if (count != 0) {
                removed.put(slot, count);
                counts.add(measure, -count);
                unsaved.add(slot);
            }
        });
        return removed;
    }

    /** Passes all counts that have changed since the last call and must be stored. */
    public void save(BiConsumer<Slot, WindowCounts> store) {
        for (Slot slot : unsaved) {
            store.accept(slot, all.getOrDefault(slot, new WindowCounts()));
            stored.add(slot);
        }
        unsaved.clear();
    }

    public int size() {
        return all.size();
    }

    /**
     * Takes all counts away, to be sent.
     *
     * @param send receives counts that are not 0
     * @return the slots that are stored and must be deleted there
     */
    public List<Slot> take(BiConsumer<Slot, WindowCounts> send) {
        all.forEach((slot, counts) -> {
            if (!counts.isEmpty()) {
                send.accept(slot, counts);
            }
        });
        List<Slot> deleted = new ArrayList<>(stored);
        all.clear();
        stored.clear();
        unsaved.clear();
        return deleted;
    }
}
