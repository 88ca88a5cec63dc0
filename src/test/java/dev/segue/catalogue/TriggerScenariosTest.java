// SPDX-License-Identifier: Apache-2.0
package dev.segue.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.definition.Definition;
import dev.segue.plan.Plan;
import dev.segue.story.PlanStage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each shipped trigger decides as its scenario specifies, and each channel with all its triggers. With any number or time of a
 * trigger or channel a little smaller or larger, a scenario fails.
 */
class TriggerScenariosTest {
    /** The membership, and with it the activation, ends a day earlier. */
    private static final Set<String> SAME =
            Set.of("birthday.yaml:13: 16d as 1382399s", "birthday.yaml:13: 16d as 1382401s");

    static Stream<ScenarioFile> scenarios() {
        return ScenarioFile.all(ScenarioFile.TRIGGERS).stream();
    }

    @Test
    void eachTriggerAndChannelHasScenario() {
        assertThat(scenarios().map(ScenarioFile::name)).containsExactlyElementsOf(Shipped.SENDING.keySet());
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void holdsOnPlanAlone(ScenarioFile scenario) throws Exception {
        Plan plan = Shipped.plan(definition(scenario));
        run(scenario, plan, false);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void holdsWithStoredState(ScenarioFile scenario) throws Exception {
        Plan plan = Shipped.plan(definition(scenario));
        run(scenario, plan, true);
    }

    @TestFactory
    List<DynamicTest> scenariosTestBothSidesOfEachBorder() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file :
                Shipped.SENDING.values().stream().map(Shipped::file).distinct().toList()) {
            String text = Files.readString(file);
            for (MatchResult border : Borders.in(text)) {
                for (String other : Borders.others(border.group())) {
                    String title = file.getFileName() + ":"
                            + text.substring(0, border.start()).lines().count() + ": " + border.group() + " as "
                            + other;
                    String changed = Borders.replace(text, border, other);
                    tests.add(DynamicTest.dynamicTest(
                            title,
                            () -> assertThat(breaks(file, changed))
                                    .as("a story does not hold any more")
                                    .isEqualTo(!SAME.contains(title))));
                }
            }
        }
        assertThat(tests).hasSizeGreaterThan(60);
        return tests;
    }

    private static boolean breaks(Path file, String changed) throws Exception {
        for (ScenarioFile scenario : scenarios().toList()) {
            Definition definition = definition(scenario);
            if (Shipped.reads(definition, file)) {
                try {
                    run(scenario, Shipped.plan(definition, file, changed), false);
                } catch (AssertionError otherwise) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Definition definition(ScenarioFile scenario) {
        return Shipped.SENDING.get(scenario.name());
    }

    private static void run(ScenarioFile scenario, Plan plan, boolean stores) throws Exception {
        for (var story : scenario.stories().entrySet()) {
            new StoryTelling(scenario.name() + ", " + story.getKey(), Set.of(), new PlanStage(plan, stores))
                    .run(story.getValue());
        }
    }
}
