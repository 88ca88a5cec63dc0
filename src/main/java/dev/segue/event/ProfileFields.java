// SPDX-License-Identifier: Apache-2.0
package dev.segue.event;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of {@code profile_updated} that form a customer's profile, and the rules for clearing them. The names of
 * fields to clear and the data's origin say something about the update itself, and are not part of the profile.
 */
public final class ProfileFields {
    /** The field that lists the names of the profile fields to unset. */
    public static final String CLEARED = "cleared";

    private static final Set<String> COMMON = Set.of("country", "city", "timezone");

    private ProfileFields() {}

    /** The type's own fields, plus country, city and time zone. */
    public static List<Field> of(EventType updated) {
        List<Field> fields = new ArrayList<>(updated.ownFields());
        fields.removeIf(field -> isAboutTheUpdate(field.name()));
        List<String> own = fields.stream().map(Field::name).toList();
        updated.record().fields().stream()
                .filter(field -> COMMON.contains(field.name()) && !own.contains(field.name()))
                .forEach(fields::add);
        return fields;
    }

    /**
     * Returns true if an event of this type can clear the field: the type has the field, and the field {@value
     * #CLEARED}.
     */
    public static boolean isClearable(EventType type, String field) {
        boolean common = COMMON.contains(field);
        return type.name().equals(EventNames.PROFILE_UPDATED)
                && type.record().slot(CLEARED) >= 0
                && !isAboutTheUpdate(field)
                && (common
                        || type.ownFields().stream().anyMatch(own -> own.name().equals(field)));
    }

    private static boolean isAboutTheUpdate(String field) {
        return field.equals(CLEARED) || field.equals(Origin.FIELD);
    }

    /**
     * Adds names to the list of fields that an event clears.
     *
     * @param slots the values of a {@link EventNames#PROFILE_UPDATED}
     * @param names names of clearable fields
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
