// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.audience.Histogram;
import dev.segue.definition.DefinitionReader;
import dev.segue.definition.DefinitionText;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.event.CommonFields;
import dev.segue.event.Event;
import dev.segue.event.EventType;
import dev.segue.event.Fields;
import dev.segue.event.SmallShop;
import dev.segue.plan.population.CutTables;
import dev.segue.plan.state.CustomerState;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Instants at which both the cuts of a population and a deadline change the result of a customer. */
class CutInstantsTest {
    private static final long VIEW = Instant.parse("2025-11-01T10:00:00Z").toEpochMilli();
    private static final long DEADLINE = Instant.parse("2025-11-01T11:00:00Z").toEpochMilli();
    private static final String SEGMENTS = """
            segment: quiet
            when: page_viewed.within('1h').count() == 0
            ---
            segment: ahead
            when: page_viewed.count().percentile() >= 50.0
            population: {minimum: 1}
            """;

    private final Plan plan = compile();
    private final CutTables tables = new CutTables();
    private final CustomerState ann = customer();

    @Test
    void deadlineBeforeCutsIsAnsweredUnderTheOldCuts() {
        publish(DEADLINE + 1);
        assertThat(advance(DEADLINE + 1))
                .containsExactly("quiet ENTERED 11:00:00 DEADLINE", "ahead ENTERED 11:00:00.001 POPULATION");
    }

    @Test
    void cutsBeforeDeadlineMoveFirst() {
        publish(DEADLINE - 1);
        assertThat(advance(DEADLINE))
                .containsExactly("ahead ENTERED 10:59:59.999 POPULATION", "quiet ENTERED 11:00:00 DEADLINE");
    }

    @Test
    void cutsAndDeadlineOfOneInstantAreOneEvaluation() {
        publish(DEADLINE);
        assertThat(advance(DEADLINE - 1)).isEmpty();
        Effects effects = plan.advance(ann, DEADLINE, DEADLINE);
        assertThat(lines(effects))
                .containsExactlyInAnyOrder("quiet ENTERED 11:00:00 POPULATION", "ahead ENTERED 11:00:00 POPULATION");
        assertThat(effects.work().wakeUps()).isEqualTo(1);
    }

    @Test
    void lateCutsMoveAtTheCustomersOwnTime() {
        assertThat(advance(DEADLINE)).containsExactly("quiet ENTERED 11:00:00 DEADLINE");
        publish(DEADLINE - 1000);
        assertThat(advance(DEADLINE - 500)).containsExactly("ahead ENTERED 11:00:00 POPULATION");
        assertThat(advance(DEADLINE + 1)).isEmpty();
    }

    /** One other customer has not viewed anything for a long time, but is counted with a lower value. */
    private void publish(long at) {
        long population = plan.populations().get(0).id();
        Histogram counted = new Histogram();
        counted.add(0, 1);
        counted.add(1, 1);
        tables.add(counted.cuts(population, 1, at));
    }

    private List<String> advance(long to) {
        return lines(plan.advance(ann, to, to));
    }

    private static List<String> lines(Effects effects) {
        return effects.changes().stream()
                .map(change -> change.segment() + " " + change.kind() + " "
                        + change.effectiveAt().toString().substring(11).replace("Z", "") + " "
                        + change.cause().kind())
                .toList();
    }

    private CustomerState customer() {
        EventType type = SmallShop.VOCABULARY.get("page_viewed");
        Object[] values = new Object[type.record().fields().size()];
        values[CommonFields.EVENT_ID] = "e1";
        values[CommonFields.OCCURRED_AT] = Instant.ofEpochMilli(VIEW);
        CustomerState state = new CustomerState("ann");
        state.setCuts(tables);
        assertThat(plan.apply(state, new Event(type, "ann", new Fields(type.record(), values)), VIEW, VIEW)
                        .changes())
                .isEmpty();
        return state;
    }

    private static Plan compile() {
        try {
            return Plan.compile(
                    new DefinitionReader(SmallShop.VOCABULARY).read(List.of(new DefinitionText("a.yaml", SEGMENTS))),
                    SmallShop.VOCABULARY);
        } catch (InvalidDefinitions invalid) {
            throw new AssertionError(invalid);
        }
    }
}
