// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

/** Names of nodes and stores. Renaming a store loses its changelog, and with it every customer. */
final class Nodes {
    static final String DEFINITIONS = "definitions";
    static final String CONDUCTOR = "conductor";
    static final String TICKS = "ticks";
    static final String FACTS = "product-facts";
    static final String REFUSED_FACTS = "refused-facts";

    static final String EVENTS = "events";
    static final String CONTROL = "control";
    static final String TRANSFERS = "transfers";
    static final String SEGMENTER = "segmenter";
    static final String CHANGES = "changes";
    static final String ACTIVATIONS = "activations";
    static final String MEMBERSHIPS = "memberships";
    static final String PROFILES = "profiles";
    static final String DEAD_LETTERS = "dead-letters";
    static final String TO_OTHER_IDS = "to-other-ids";

    static final String STATISTICS_PARTS = "statistics-parts";

    static final String POPULATION_COUNTS = "population-counts";
    static final String POPULATIONS = "populations";

    static final String SESSIONS = "sessions";

    static final String PARTS = "parts";
    static final String TOTALS = "totals";
    static final String WINDOWS = "windows";

    static final String CUSTOMERS = "customers";
    static final String STATISTICS = "statistics";
    static final String POPULATION = "population";

    private Nodes() {}
}
