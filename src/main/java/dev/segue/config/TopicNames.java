// SPDX-License-Identifier: Apache-2.0
package dev.segue.config;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The names of the topics in this cluster. All are different. */
public record TopicNames(
        String behaviorEvents,
        String productFacts,
        String control,
        String transfers,
        String definitions,
        String changes,
        String activations,
        String deliveries,
        String memberships,
        String profiles,
        String statistics,
        String statisticsParts,
        String population,
        String sessions,
        String deadLetters) {

    /** @throws IllegalArgumentException if a value is invalid; the message names it */
    public TopicNames {
        Set<String> seen = new HashSet<>();
        for (String name : List.of(
                behaviorEvents,
                productFacts,
                control,
                transfers,
                definitions,
                changes,
                activations,
                deliveries,
                memberships,
                profiles,
                statistics,
                statisticsParts,
                population,
                sessions,
                deadLetters)) {
            Check.that(
                    name.matches("[A-Za-z0-9._-]{1,200}") && !name.equals(".") && !name.equals(".."),
                    "a topic's name must be 1 to 200 letters, digits, dots, dashes or underscores, not '%s'",
                    name);
            Check.that(seen.add(name), "two topics are called '%s'", name);
        }
    }

    /** The default names with a prefix, which may be empty. */
    public static TopicNames prefixed(String prefix) {
        return new TopicNames(
                prefix + "behavior-events",
                prefix + "product-facts",
                prefix + "segue-control",
                prefix + "segue-transfers",
                prefix + "segue-definitions",
                prefix + "segment-changes",
                prefix + "activations",
                prefix + "segue-deliveries",
                prefix + "segment-memberships",
                prefix + "customer-profiles",
                prefix + "segue-statistics",
                prefix + "segue-statistics-parts",
                prefix + "segue-population",
                prefix + "customer-sessions",
                prefix + "dead-letters");
    }
}
