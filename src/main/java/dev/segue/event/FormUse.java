// SPDX-License-Identifier: Apache-2.0
package dev.segue.event;

import org.jspecify.annotations.Nullable;

/**
 * What a session did with one form.
 *
 * @param begun when it was last begun, in milliseconds since the epoch; null if it was not
 * @param sent when it was last sent; null if it was not
 */
public record FormUse(@Nullable Long begun, @Nullable Long sent) {

    /** Returns what an event did; null if it is not about a form. */
    public static @Nullable FormUse of(Event event) {
        return switch (event.type().name()) {
            case EventNames.FORM_STARTED -> new FormUse(event.time(), null);
            case EventNames.FORM_SUBMITTED -> new FormUse(null, event.time());
            default -> null;
        };
    }

    /** The form of an event about a form, which may not say which. */
    public static String name(Event event) {
        String name = PageName.text(event, "form");
        return name == null ? "(unnamed)" : name;
    }

    FormUse and(FormUse other) {
        return new FormUse(later(begun, other.begun), later(sent, other.sent));
    }

    private static @Nullable Long later(@Nullable Long some, @Nullable Long other) {
        if (some == null || other == null) {
            return some == null ? other : some;
        }
        return Math.max(some, other);
    }

    /** Returns when the form was begun and not sent afterwards, in milliseconds since the epoch; otherwise null. */
    public @Nullable Long abandoned() {
        return begun == null || (sent != null && sent >= begun) ? null : begun;
    }
}
