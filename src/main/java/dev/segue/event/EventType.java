// SPDX-License-Identifier: Apache-2.0
package dev.segue.event;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One kind of behaviour event. The fields that every event may have ({@link CommonFields}) come first, in one order for
 * all types, so that a reader of any event finds them in fixed slots; the type's own fields follow.
 */
public final class EventType {
    private final RecordType record;
    private final boolean activity;

    /**
     * @param name snake_case, such as {@code order_completed}
     * @param ownFields the fields beyond the common ones; a field with the name of a common field is dropped
     * @param activity true if the customer acts, false if the event happens to the customer
     */
    public EventType(String name, List<Field> ownFields, boolean activity) {
        List<Field> fields = new ArrayList<>(CommonFields.FIELDS);
        Set<String> common = new HashSet<>(CommonFields.NAMES);
        ownFields.stream().filter(field -> !common.contains(field.name())).forEach(fields::add);
        this.record = new RecordType(name, fields);
        this.activity = activity;
    }

    public String name() {
        return record.name();
    }

    public RecordType record() {
        return record;
    }

    /** Returns true if events of this type count as activity of the customer. */
    public boolean activity() {
        return activity;
    }

    /** The fields after the common ones. */
    public List<Field> ownFields() {
        return record.fields()
                .subList(CommonFields.FIELDS.size(), record.fields().size());
    }

    @Override
    public String toString() {
        return record.name();
    }
}
