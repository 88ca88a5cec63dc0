// SPDX-License-Identifier: Apache-2.0
package dev.segue.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.definition.Definition;
import dev.segue.plan.Plan;
import dev.segue.story.PlanStage;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each shipped definition behaves as its scenario specifies, on the plan alone and with the state written and read
 * around every step. A change too many, too few or at another instant fails, and so does an expression without a value.
 */
class ScenariosTest {
    static Stream<ScenarioFile> scenarios() {
        return ScenarioFile.all().stream();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void holdsOnPlanAlone(ScenarioFile scenario) throws Exception {
        run(scenario, false);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void holdsWithStoredState(ScenarioFile scenario) throws Exception {
        run(scenario, true);
    }

    private static void run(ScenarioFile scenario, boolean stores) throws Exception {
        Definition definition = Shipped.DEFINITIONS.get(scenario.name());
        assertThat(definition).as("the definition of %s", scenario.name()).isNotNull();
        Plan plan = Shipped.plan(definition);
        for (var story : scenario.stories().entrySet()) {
            new StoryTelling(
                            scenario.name() + ", " + story.getKey(), definition.segments(), new PlanStage(plan, stores))
                    .run(story.getValue());
        }
    }
}
