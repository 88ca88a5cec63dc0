// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.TriggerDecision;
import dev.segue.event.TriggerDecision.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What holds of all decisions of one channel, whatever the events were, counted without any code of the engine.
 *
 * @param atMost so many are sent to a customer within {@code per}
 * @param quietFrom the first quiet minute of the evening, in UTC
 * @param quietTo the first minute of the morning that is not quiet, in UTC
 */
record DecisionRules(int atMost, Duration per, LocalTime quietFrom, LocalTime quietTo) {
    private static final Set<Kind> SEQUELS = EnumSet.of(Kind.GOAL, Kind.NO_GOAL);

    /** @param decisions after the end of all activations; those of one customer in order */
    void check(List<TriggerDecision> decisions) {
        assertThat(decisions).extracting(TriggerDecision::decisionId).doesNotHaveDuplicates();
        group(decisions, TriggerDecision::customerId).forEach(this::checkCustomer);
        group(decisions, TriggerDecision::activationId).forEach(DecisionRules::checkActivation);
    }

    private static Map<String, List<TriggerDecision>> group(
            List<TriggerDecision> decisions, java.util.function.Function<TriggerDecision, String> by) {
        return decisions.stream().collect(Collectors.groupingBy(by, TreeMap::new, Collectors.toList()));
    }

    private void checkCustomer(String customer, List<TriggerDecision> decisions) {
        List<Instant> sent = new ArrayList<>();
        for (TriggerDecision decision : decisions) {
            if (decision.kind() == Kind.SEND) {
                sent.add(decision.decidedAt());
                LocalTime hour = decision.decidedAt().atOffset(ZoneOffset.UTC).toLocalTime();
                assertThat(!hour.isBefore(quietTo) && hour.isBefore(quietFrom))
                        .as("sent outside of the quiet hours: " + decision)
                        .isTrue();
            }
        }
        sent.sort(null);
        for (int last = atMost; last < sent.size(); last++) {
            // What was sent exactly that long ago does not count any more.
            assertThat(Duration.between(sent.get(last - atMost), sent.get(last)))
                    .as("%d sent to %s within", atMost + 1, customer)
                    .isGreaterThanOrEqualTo(per);
        }
    }

    private static void checkActivation(String activation, List<TriggerDecision> decisions) {
        List<Kind> kinds =
                decisions.stream().map(TriggerDecision::kind).collect(Collectors.toCollection(ArrayList::new));
        List<Kind> sequels = kinds.stream().filter(SEQUELS::contains).toList();
        kinds.removeAll(SEQUELS);
        Kind end = kinds.get(kinds.size() - 1);
        List<Kind> ends = decisions.stream()
                .filter(TriggerDecision::isFinal)
                .map(TriggerDecision::kind)
                .filter(kind -> !SEQUELS.contains(kind))
                .toList();
        assertThat(ends).as("the end of " + activation + " with " + kinds).containsExactly(end);
        boolean isMeasured = end == Kind.SEND || end == Kind.HELD_OUT;
        assertThat(sequels)
                .as("whether the goal of " + activation + " was reached")
                .hasSize(isMeasured ? 1 : 0);
    }
}
