// SPDX-License-Identifier: Apache-2.0
package dev.segue.catalogue;

import dev.segue.event.Event;
import dev.segue.event.ProductFacts;
import java.time.Instant;
import java.util.List;

/** One step of a story. */
sealed interface ScenarioStep {

    /** An event arrives: in time or, if the story has already passed its time, late. */
    record Happens(Event event) implements ScenarioStep {}

    /** The shop says what is known of a product from its instant on. */
    record Informed(ProductFacts facts) implements ScenarioStep {}

    /** Time advances. */
    record TimeIs(Instant instant) implements ScenarioStep {}

    /**
     * Time advances to a millisecond before the instant, when nothing may have changed yet, and then to the instant
     * itself.
     */
    record Border(Instant instant) implements ScenarioStep {}

    /** All changes of the previous step. A step without this one after it causes no changes. */
    record Expect(List<ExpectedChange> changes) implements ScenarioStep {}

    /** All decisions of triggers that the previous step caused. A step without this one after it causes none. */
    record Decide(List<ExpectedDecision> decisions) implements ScenarioStep {}
}
