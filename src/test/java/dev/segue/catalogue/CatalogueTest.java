// SPDX-License-Identifier: Apache-2.0
package dev.segue.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionParts;
import dev.segue.definition.DefinitionRule;
import dev.segue.event.Change.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every shipped definition and its scenario are complete. */
class CatalogueTest {
    static Stream<ScenarioFile> scenarios() {
        return ScenarioFile.all().stream();
    }

    @Test
    void eachDefinitionHasScenario() {
        assertThat(scenarios().map(ScenarioFile::name)).containsExactlyElementsOf(Shipped.DEFINITIONS.keySet());
    }

    @Test
    void eachDefinitionHasItsOwnFileAndDescription() throws Exception {
        for (Definition definition : Shipped.DEFINITIONS.values()) {
            Path file = Shipped.file(definition);
            assertThat(file).exists();
            assertThat(Files.readString(file)).as(file.toString()).doesNotContain("\n---");
            assertThat(definition.describes()).as(file.toString()).endsWith(".");
            assertThat(definition.tags()).as(file.toString()).hasSize(1);
            assertThat(CatalogueText.PARTS)
                    .as(file.toString())
                    .containsKey(definition.tags().get(0));
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void scenarioHasEntriesExitsAndNonMember(ScenarioFile scenario) {
        Definition definition = Shipped.DEFINITIONS.get(scenario.name());
        Set<Kind> kinds = EnumSet.of(Kind.ENTERED, Kind.EXITED);
        if (definition.rule() instanceof DefinitionRule.Trait || definition.updateCarry()) {
            kinds.add(Kind.UPDATED);
        }
        kinds.removeAll(scenario.never().keySet());
        assertThat(scenario.changes().map(ExpectedChange::kind).collect(Collectors.toSet()))
                .as("the kinds of change")
                .isEqualTo(kinds);
        assertThat(scenario.never().keySet()).as("cannot never enter").doesNotContain(Kind.ENTERED);
        assertThat(scenario.changes()
                        .filter(change -> change.kind() == Kind.ENTERED)
                        .map(ExpectedChange::segment)
                        .collect(Collectors.toSet()))
                .as("all segments are entered")
                .isEqualTo(definition.segments());
        assertThat(scenario.stories().values())
                .as("a look-alike without a change")
                .anyMatch(story -> !changed(story).containsAll(ScenarioFile.customers(story)));
    }

    private static Set<String> changed(List<ScenarioStep> story) {
        Set<String> customers = new HashSet<>();
        story.forEach(step -> {
            if (step instanceof ScenarioStep.Expect expect) {
                expect.changes().forEach(change -> customers.add(change.customer()));
            }
        });
        return customers;
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void scenarioStatesEvidenceCarryAndValues(ScenarioFile scenario) {
        Definition definition = Shipped.DEFINITIONS.get(scenario.name());
        for (String segment : definition.segments()) {
            assertThat(scenario.changes().filter(change -> change.segment().equals(segment)))
                    .as("evidence of an entry to %s", segment)
                    .anyMatch(change -> change.kind() == Kind.ENTERED && change.because() != null);
        }
        scenario.changes().filter(change -> change.kind() != Kind.EXITED).forEach(change -> {
            assertThat(change.carry() != null)
                    .as("carry of %s", change)
                    .isEqualTo(!definition.carry().isEmpty());
            assertThat(change.value() != null)
                    .as("value of %s", change)
                    .isEqualTo(definition.rule() instanceof DefinitionRule.Trait);
        });
    }

    private static boolean comparesCustomers(ScenarioFile scenario) {
        return !DefinitionParts.percentiles(Shipped.DEFINITIONS.get(scenario.name()))
                .isEmpty();
    }

    /** A change that does not coincide with an event, or with facts of a product, was caused by time, and is tested on both sides of its instant. */
    @ParameterizedTest
    @MethodSource("scenarios")
    void scenarioTestsBothSidesOfDeadlines(ScenarioFile scenario) {
        for (List<ScenarioStep> story : scenario.stories().values()) {
            Set<Instant> events = story.stream()
                    .filter(ScenarioStep.Happens.class::isInstance)
                    .map(step -> Instant.ofEpochMilli(
                            ((ScenarioStep.Happens) step).event().time()))
                    .collect(Collectors.toSet());
            story.stream()
                    .filter(ScenarioStep.Informed.class::isInstance)
                    .map(step -> ((ScenarioStep.Informed) step).facts().at())
                    .forEach(at -> events.add(Instant.ofEpochMilli(at)));
            for (int index = 1; index < story.size(); index++) {
                if (story.get(index) instanceof ScenarioStep.Expect expect) {
                    Set<Instant> explained = new HashSet<>(events);
                    if (story.get(index - 1) instanceof ScenarioStep.Border border) {
                        explained.add(border.instant());
                    }
                    // Whoever is compared with others moves when they are counted, which is whenever time advances.
                    if (story.get(index - 1) instanceof ScenarioStep.TimeIs time && comparesCustomers(scenario)) {
                        explained.add(time.instant());
                    }
                    assertThat(expect.changes())
                            .as("changes that came with time, without a border before them")
                            .allMatch(change -> change.correction() || explained.contains(change.at()));
                }
            }
        }
    }
}
