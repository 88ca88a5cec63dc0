// SPDX-License-Identifier: Apache-2.0
package dev.segue.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.definition.DefinitionReader;
import dev.segue.definition.DefinitionText;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.plan.Plan;
import dev.segue.story.PlanStage;
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
 * What each key of a trigger and of a channel means, in {@code trigger-keys/KEY.yaml}, on both sides of its border: with any
 * number or time a little smaller or larger, a story fails. {@code backfilled} needs an edit and is tested beside the plan.
 */
class TriggerKeysTest {
    /** A share of the control group moves few customers, and these stories have two. */
    private static final String SHARE = "holdout: ";

    static Stream<ScenarioFile> keys() {
        return ScenarioFile.all(ScenarioFile.KEYS).stream();
    }

    @Test
    void eachKeyHasStories() {
        assertThat(keys().map(ScenarioFile::name))
                .containsExactlyInAnyOrder(
                        "on",
                        "channel",
                        "when",
                        "wait",
                        "best_hour",
                        "quiet",
                        "cap",
                        "cap-calendar",
                        "over_cap",
                        "consent",
                        "priority",
                        "holdout",
                        "expires",
                        "cancel",
                        "goal",
                        "send",
                        "channel-consent",
                        "channel-quiet",
                        "channel-cap");
    }

    @ParameterizedTest
    @MethodSource("keys")
    void holdsOnPlanAlone(ScenarioFile key) throws Exception {
        run(key, plan(key, key.definitions()), false);
    }

    @ParameterizedTest
    @MethodSource("keys")
    void holdsWithStoredState(ScenarioFile key) throws Exception {
        run(key, plan(key, key.definitions()), true);
    }

    @TestFactory
    List<DynamicTest> storiesTestBothSidesOfEachBorder() {
        List<DynamicTest> tests = new ArrayList<>();
        keys().forEach(key -> {
            for (MatchResult border : Borders.in(key.definitions())) {
                if (!key.definitions().substring(0, border.start()).endsWith(SHARE)) {
                    for (String other : Borders.others(border.group())) {
                        String changed = Borders.replace(key.definitions(), border, other);
                        tests.add(DynamicTest.dynamicTest(
                                key + ": " + border.group() + " as " + other,
                                () -> assertThat(breaks(key, changed))
                                        .as("a story does not hold any more")
                                        .isTrue()));
                    }
                }
            }
        });
        assertThat(tests).hasSizeGreaterThan(40);
        return tests;
    }

    private static boolean breaks(ScenarioFile key, String changed) throws Exception {
        try {
            run(key, plan(key, changed), false);
            return false;
        } catch (AssertionError otherwise) {
            return true;
        }
    }

    private static Plan plan(ScenarioFile key, String definitions) throws InvalidDefinitions {
        Path file = ScenarioFile.KEYS.resolve(key + ".yaml");
        return Plan.compile(
                new DefinitionReader(Shipped.VOCABULARY)
                        .read(List.of(new DefinitionText(file.toString(), definitions))),
                Shipped.VOCABULARY);
    }

    private static void run(ScenarioFile key, Plan plan, boolean stores) throws Exception {
        for (var story : key.stories().entrySet()) {
            new StoryTelling(key + ", " + story.getKey(), Set.of(), new PlanStage(plan, stores)).run(story.getValue());
        }
    }
}
