// SPDX-License-Identifier: Apache-2.0
package dev.segue.config;

/**
 * Which ids become one person.
 *
 * @param links the events that link ids
 * @param mostIds the number of further ids that one customer may have, 1 to {@value #MOST_IDS}
 * @param newIdsPerDay the number of further ids that one customer may get within 24 hours, 1 to {@value #MOST_IDS}
 */
public record IdentitySettings(Links links, int mostIds, int newIdsPerDay) {
    public static final int MOST_IDS = 1000;

    /** @throws IllegalArgumentException if a value is out of range; the message names it */
    public IdentitySettings {
        Checks checks = new Checks();
        checks.within("identity.most_ids", mostIds, 1, MOST_IDS);
        checks.within("identity.new_ids_per_day", newIdsPerDay, 1, MOST_IDS);
        checks.end();
    }

    /** Every event links; 100 ids, 20 of them in a day. */
    public static IdentitySettings defaults() {
        return new IdentitySettings(Links.EVERY_EVENT, 100, 20);
    }

    public IdentitySettings withLinks(Links value) {
        return new IdentitySettings(value, mostIds, newIdsPerDay);
    }

    /** The events of a customer that link the {@code anonymous_id} they carry. */
    public enum Links {
        /** All of them. */
        EVERY_EVENT("every-event"),
        /** Only {@code customer_identified}. */
        IDENTIFIED_ONLY("identified-only");

        private final String label;

        Links(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }
}
