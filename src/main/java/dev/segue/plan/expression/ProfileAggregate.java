// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.event.Event;
import dev.segue.event.EventNames;
import dev.segue.event.Field;
import dev.segue.event.FieldType;
import dev.segue.event.Origin;
import dev.segue.event.ProfileFields;
import dev.segue.event.RecordType;
import dev.segue.plan.state.AggregateStates;
import dev.segue.plan.state.Limit;
import dev.segue.plan.state.ProfileState;
import dev.segue.value.Values;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The profile, as profile_updated events state it; customer_erased with an origin takes that origin's part away. */
public record ProfileAggregate(int id, RecordType profile) implements Aggregate {

    @Override
    public Set<String> eventTypes() {
        return Set.of(EventNames.PROFILE_UPDATED, EventNames.CUSTOMER_ERASED);
    }

    @Override
    public List<Node> filters() {
        return List.of();
    }

    @Override
    public boolean add(AggregateStates states, long time, Frame frame, long now) {
        Event event = (Event) frame.element(0);
        ProfileState known = states.find(id) instanceof ProfileState before ? before : new ProfileState();
        Origin origin = Origin.statedBy(event);
        boolean changed;
        if (event.type().name().equals(EventNames.CUSTOMER_ERASED)) {
            changed = origin != null && known.erase(origin, event.time());
        } else {
            changed = update(event, origin == null ? Origin.STATED : origin, known);
        }
        if (known.hasRefused()) {
            frame.reached(Limit.PROFILE);
        }
        if (changed && states.find(id) == null) {
            states.put(id, known);
        }
        return changed;
    }

    /**
     * Clears fields before the event's own values are stored, so that a field that is both cleared and stated keeps the
     * stated value.
     */
    private boolean update(Event event, Origin origin, ProfileState known) {
        boolean changed = clear(event, origin, known);
        for (Field field : profile.fields()) {
            Object value = event.fields().get(field.name());
            if (value != null) {
                changed |= known.state(origin, field.name(), Values.plain(value), event.time());
            }
        }
        return changed;
    }

    @Override
    public boolean merge(AggregateStates into, AggregateStates other, long now, Consumer<Limit> reached) {
        if (!(other.take(id) instanceof ProfileState more)) {
            return false;
        }
        if (!(into.find(id) instanceof ProfileState known)) {
            into.put(id, more);
            return true;
        }
        known.merge(more);
        if (known.hasRefused()) {
            reached.accept(Limit.PROFILE);
        }
        return true;
    }

    private boolean clear(Event event, Origin origin, ProfileState known) {
        boolean changed = false;
        if (event.fields().get(ProfileFields.CLEARED) instanceof List<?> cleared) {
            for (Object name : cleared) {
                int slot = profile.slot(String.valueOf(name));
                if (slot >= 0) {
                    Field field = profile.fields().get(slot);
                    changed |= known.clear(origin, field.name(), hasParts(field.type()), event.time());
                }
            }
        }
        return changed;
    }

    /** Returns whether a field's parts are stated one by one. */
    private static boolean hasParts(FieldType type) {
        return type instanceof FieldType.Mapping || type instanceof FieldType.Nested;
    }
}
