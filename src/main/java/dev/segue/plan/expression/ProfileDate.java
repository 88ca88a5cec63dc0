// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.expression;

import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionParts;
import dev.segue.definition.language.Expression;
import dev.segue.definition.language.Operators;
import dev.segue.event.Fields;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A text of the profile that definitions read as a date.
 *
 * @param key of a map, such as {@code tags}; null if the field itself is the date
 * @param yearly whether MM-DD is also accepted
 */
public record ProfileDate(String field, @Nullable String key, boolean yearly) {

    /** Returns the dates that the definitions read, without duplicates. */
    public static List<ProfileDate> of(List<Definition> definitions) {
        Set<ProfileDate> found = new LinkedHashSet<>();
        for (Definition definition : definitions) {
            DefinitionParts.of(definition).values().forEach(part -> collect(part, found));
            definition.carry().values().forEach(part -> collect(part, found));
        }
        return List.copyOf(found);
    }

    private static void collect(Expression expression, Set<ProfileDate> found) {
        if (expression instanceof Expression.Calendar calendar) {
            ProfileDate date = of(calendar.date(), calendar.yearly());
            if (date != null) {
                found.add(date);
            }
        }
        expression.children().forEach(child -> collect(child, found));
    }

    private static @Nullable ProfileDate of(Expression date, boolean yearly) {
        if (date instanceof Expression.Select select) {
            if (select.operand() instanceof Expression.Profile) {
                return new ProfileDate(select.field(), null, yearly);
            }
            return entry(select.operand(), select.field(), yearly);
        }
        if (date instanceof Expression.Attribute attribute) {
            return entry(attribute.map(), attribute.key(), yearly);
        }
        return date instanceof Expression.Call call
                        && call.function().equals(Operators.INDEX)
                        && call.arguments().get(1) instanceof Expression.Literal key
                ? entry(call.arguments().get(0), String.valueOf(key.value()), yearly)
                : null;
    }

    private static @Nullable ProfileDate entry(Expression map, String key, boolean yearly) {
        return map instanceof Expression.Select select && select.operand() instanceof Expression.Profile
                ? new ProfileDate(select.field(), key, yearly)
                : null;
    }

    /**
     * Returns the text that profile_updated states for it if that text is not a date; null if it is a date or nothing
     * is stated.
     */
    @Nullable
    public String unreadable(Fields stated) {
        Object value = stated.get(field);
        Object text = key != null && value instanceof Map<?, ?> map ? map.get(key) : value;
        return text instanceof String date && !date.isEmpty() && !CalendarReading.isDate(date, yearly) ? date : null;
    }
}
