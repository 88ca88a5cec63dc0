// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.definition.LiveSets;
import dev.segue.event.BadRecord;
import dev.segue.serde.output.Control;
import dev.segue.serde.output.ControlCodec;
import dev.segue.serde.output.LiveSetsCodec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sets in a task's store: each as the control messages that brought it. */
final class StoredSets {
    private final CustomerStore store;
    private final ControlCodec control;
    private final LiveSetsCodec codec;

    StoredSets(CustomerStore store, ControlCodec control, LiveSetsCodec codec) {
        this.store = store;
        this.control = control;
        this.codec = codec;
    }

    /** Returns the whole sets, the one that is evaluated last. */
    List<LiveSets> read() {
        List<LiveSets> sets = new ArrayList<>();
        List<Control.Activation> parts = new ArrayList<>();
        store.activations(stored -> {
            Control.Activation part = decode(stored);
            if (part.part() == 1) {
                parts.clear(); // The last part of the ones before never came.
            }
            parts.add(part);
            if (part.part() == part.parts()) {
                sets.add(join(parts));
                parts.clear();
            }
        });
        return sets;
    }

    /** Adds whole sets. */
    void add(LiveSets sets) {
        codec.divide(sets).forEach(this::put);
    }

    private void put(Control.Activation part) {
        store.activation(part.published(), part.step(), part.part(), control.encode(part));
    }

    /**
     * Adds one part.
     *
     * @return the sets, if this was the last part; null if not
     * @throws BadRecord if a part is missing
     */
    @Nullable
    LiveSets take(Control.Activation part) throws BadRecord {
        put(part);
        if (part.part() < part.parts()) {
            return null;
        }
        List<Control.Activation> parts = new ArrayList<>();
        store.activations(stored -> {
            Control.Activation known = decode(stored);
            if (known.published() == part.published() && known.step() == part.step()) {
                parts.add(known);
            }
        });
        return codec.join(parts);
    }

    /** Returns what the definitions of sets know of the past. */
    TaskPast past(LiveSets sets) {
        byte[] stored = store.past(published(sets), sets.step());
        return stored == null ? TaskPast.WHOLE : TaskPast.of(stored);
    }

    void past(LiveSets sets, TaskPast past) {
        store.past(published(sets), sets.step(), past.equals(TaskPast.WHOLE) ? null : past.bytes());
    }

    /** Deletes all others. */
    void keepOnly(LiveSets sets) {
        store.dropActivationsBefore(published(sets), sets.step());
    }

    private static long published(LiveSets sets) {
        return sets.live().at().toEpochMilli();
    }

    private LiveSets join(List<Control.Activation> parts) {
        try {
            return codec.join(parts);
        } catch (BadRecord corrupt) {
            throw new IllegalStateException("the stored definitions are damaged: " + corrupt.getMessage(), corrupt);
        }
    }

    private Control.Activation decode(byte[] stored) {
        try {
            if (control.decode(stored) instanceof Control.Activation part) {
                return part;
            }
            throw new IllegalStateException("the stored definitions are damaged: another control message");
        } catch (BadRecord corrupt) {
            throw new IllegalStateException("the stored definitions are damaged: " + corrupt.getMessage(), corrupt);
        }
    }
}
