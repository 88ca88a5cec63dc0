package dev.segue.plan;

import dev.segue.event.Event;
import dev.segue.event.RecordType;
import java.util.List;
import java.util.Set;

/** The profile: what profile_updated states. */
record ProfileAggregate(int id, RecordType profile) implements Aggregate {
    static final String UPDATED = "profile_updated";

    @Override
    public Set<String> eventTypes() {
        return Set.of(UPDATED);
    }

    @Override
    public List<Node> filters() {
        return List.of();
    }

    @Override
    public boolean add(AggregateStates states, long time, Frame frame, long now) {
        Event event = (Event) frame.element(0);
        ProfileState known = states.find(id) instanceof ProfileState before ? before : new ProfileState();
        boolean changed = false;
        for (dev.segue.event.Field field : profile.fields()) {
            Object value = event.fields().get(field.name());
            if (value != null) {
                changed |= known.state(field.name(), KeptElement.plain(value), event.time());
            }
        }
        if (known.hasRefused()) {
            frame.reached(Limit.PROFILE);
        }
        if (changed && states.find(id) == null) {
            states.put(id, known);
        }
        return changed;
    }
}
