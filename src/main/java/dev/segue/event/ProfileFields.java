package dev.segue.event;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which fields of {@code profile_updated} are a customer's profile, and how an event clears them. */
public final class ProfileFields {
    /** The event type that states a profile. */
    public static final String EVENT = "profile_updated";

    /** The field of that event with the names of the profile's fields that it unsets. */
    public static final String CLEARED = "cleared";

    private static final Set<String> COMMON = Set.of("country", "city", "timezone");

    private ProfileFields() {}

    /** The type's own fields, and country, city and time zone. */
    public static List<Field> of(EventType updated) {
        List<Field> fields = new ArrayList<>(updated.ownFields());
        fields.removeIf(field -> field.name().equals(CLEARED));
        List<String> own = fields.stream().map(Field::name).toList();
        updated.record().fields().stream()
                .filter(field -> COMMON.contains(field.name()) && !own.contains(field.name()))
                .forEach(fields::add);
        return fields;
    }

    /** Whether an event of this type can clear a field: it states it, and it has the field {@value #CLEARED}. */
    public static boolean isClearable(EventType type, String field) {
        boolean common = COMMON.contains(field);
        return type.name().equals(EVENT)
                && type.record().slot(CLEARED) >= 0
                && !field.equals(CLEARED)
                && (common
                        || type.ownFields().stream().anyMatch(own -> own.name().equals(field)));
    }

    /**
     * Adds names to those that an event clears.
     *
     * @param slots the values of a {@link #EVENT}
     * @param names of clearable fields
     */
    public static void clear(EventType type, @Nullable Object[] slots, Collection<String> names) {
        if (names.isEmpty()) {
            return;
        }
        int slot = type.record().slot(CLEARED);
        Set<Object> all = new LinkedHashSet<>();
        if (slots[slot] instanceof List<?> stated) {
            all.addAll(stated);
        }
        all.addAll(names);
        slots[slot] = List.copyOf(all);
    }
}
