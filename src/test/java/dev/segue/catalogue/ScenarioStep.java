// SPDX-License-Identifier: Apache-2.0
package dev.segue.catalogue;

import dev.segue.event.Event;
import java.time.Instant;
import java.util.List;

/** One step of a story. */
sealed interface ScenarioStep {

    /** An event comes: at once or, where the story is further already, late. */
    record Happens(Event event) implements ScenarioStep {}

    /** Time moves on. */
    record TimeIs(Instant instant) implements ScenarioStep {}

    /** Time moves on to a millisecond before, when nothing may have changed yet, and then to the instant itself. */
    record Border(Instant instant) implements ScenarioStep {}

    /** The changes of the step before, all of them. Where no such step follows, there were none. */
    record Expect(List<ExpectedChange> changes) implements ScenarioStep {}
}
