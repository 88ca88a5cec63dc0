// SPDX-License-Identifier: Apache-2.0
package dev.segue.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.segue.definition.Definition;
import dev.segue.plan.Plan;
import dev.segue.story.PlanStage;
import dev.segue.value.DurationText;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Thresholds are params, and scenarios test both sides of each: with a value slightly larger or smaller, a scenario
 * fails.
 */
class ThresholdsTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Pattern DURATION = Pattern.compile("[1-9][0-9]*(ms|[smhdw])");
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.'-])[0-9]+(\\.[0-9]+)?");

    /** None, one, and the hours of a day. */
    private static final Set<String> NO_THRESHOLDS = Set.of("0", "0.0", "1", "24");

    /** The period of habits affects the carry only, so scenarios do not test it to the second. */
    private static final Set<String> UNMARKED = Set.of("habits");

    /** A product bought only twice is never overdue, so the segment stays the same. */
    private static final Set<String> SAME = Set.of("replenishment-due with times 2");

    @Test
    void expressionsContainNoThresholds() throws Exception {
        for (String name : Shipped.DEFINITIONS.keySet()) {
            JsonNode source = YAML.readTree(Files.readString(Shipped.file(Shipped.DEFINITIONS.get(name))));
            for (Map.Entry<String, JsonNode> entry : source.properties()) {
                if (Set.of("when", "until", "value", "first", "carry").contains(entry.getKey())) {
                    Matcher number = NUMBER.matcher(
                            entry.getValue().isTextual()
                                    ? entry.getValue().asText()
                                    : String.join("\n", texts(entry.getValue())));
                    while (number.find()) {
                        assertThat(NO_THRESHOLDS)
                                .as(name + "." + entry.getKey())
                                .contains(number.group());
                    }
                }
            }
        }
    }

    private static List<String> texts(JsonNode map) {
        List<String> texts = new ArrayList<>();
        map.properties().forEach(entry -> texts.add(entry.getValue().asText()));
        return texts;
    }

    @TestFactory
    List<DynamicTest> scenariosTestBothSidesOfEachThreshold() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        for (ScenarioFile scenario : ScenarioFile.all()) {
            JsonNode params = YAML.readTree(Files.readString(Shipped.file(Shipped.DEFINITIONS.get(scenario.name()))))
                    .path("params");
            params.properties().forEach(param -> {
                if (!UNMARKED.contains(param.getKey())) {
                    for (String other : others(param.getKey(), param.getValue())) {
                        String title = scenario.name() + " with " + param.getKey() + " " + other;
                        tests.add(DynamicTest.dynamicTest(
                                title,
                                () -> assertThat(breaks(scenario, param.getKey(), param.getValue(), other))
                                        .as("a story does not hold any more")
                                        .isEqualTo(!SAME.contains(title))));
                    }
                }
            });
        }
        assertThat(tests).hasSizeGreaterThan(150);
        return tests;
    }

    /** Slightly smaller and slightly larger values; patterns and days have none. */
    private static List<String> others(String param, JsonNode value) {
        if (value.isInt()) {
            return List.of(String.valueOf(value.asInt() - 1), String.valueOf(value.asInt() + 1));
        }
        if (value.isDouble()) {
            // Shares and factors have one decimal, scores and days are whole.
            long step = value.asDouble() < 4 ? 1 : 10;
            return List.of(
                    String.valueOf((Math.round(value.asDouble() * 10) - step) / 10.0),
                    String.valueOf((Math.round(value.asDouble() * 10) + step) / 10.0));
        }
        if (DURATION.matcher(value.asText()).matches()) {
            long seconds = DurationText.read(value.asText()).toSeconds();
            // Dates are tested to the day, not to the second.
            long step = param.equals("ahead") ? 86_400 : 1;
            return List.of((seconds - step) + "s", (seconds + step) + "s");
        }
        return List.of();
    }

    private static boolean breaks(ScenarioFile scenario, String param, JsonNode value, String other) throws Exception {
        Definition definition = Shipped.DEFINITIONS.get(scenario.name());
        String text = Files.readString(Shipped.file(definition));
        String changed = text.replace(param + ": " + value.asText(), param + ": " + other);
        assertThat(changed).isNotEqualTo(text);
        Plan plan = Shipped.plan(definition, Shipped.file(definition), changed);
        for (List<ScenarioStep> story : scenario.stories().values()) {
            try {
                new StoryTelling(scenario.name(), definition.segments(), new PlanStage(plan, false))
                        .withoutEvidence()
                        .run(story);
            } catch (AssertionError otherwise) {
                return true;
            }
        }
        return false;
    }
}
