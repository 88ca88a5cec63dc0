// SPDX-License-Identifier: Apache-2.0
package dev.segue.catalogue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.segue.event.BadRecord;
import dev.segue.event.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The stories that specify a shipped definition, in {@code scenarios/NAME.yaml}:
 *
 * <pre>
 * never: {EXITED: why this definition never exits}     # only if a kind of change cannot occur
 * stories:
 *   an hour of silence:                                # each begins with an empty shop
 *     - {at: 2026-03-02T10:00Z, customer: ann, event: product_added, product_id: tent, price: 249.00}
 *     - border: 2026-03-02T11:00Z                      # nothing at 10:59:59.999; then, at 11:00:00.000,
 *     - expect:                                        # these changes of the definition's segments and no others
 *         - change: ann cart-abandoned ENTERED 2026-03-02T11:00Z
 *           because:                                   # the evidence, all of it, in its order
 *             cart.count(): 1
 *             activity.within('1h').count(): 0
 *           carry: {items: [tent], value: 249.0}
 *     - {at: 2026-03-02T12:00Z, crowd: 99, event: ...} # the same event of 99 customers, whose changes do not matter
 *     - {at: 2026-03-02T12:30Z, product: {id: tent, stock: 0, price: 199.00}} # all that is known of it from now on
 *     - time: 2026-03-02T11:30Z                        # nothing is expected here, so nothing may change
 *     - decisions:                                     # of a trigger, in {@code trigger-scenarios/NAME.yaml}
 *         - ann cart-reminder QUIET 2026-03-02T21:00Z until 2026-03-03T08:00Z
 *         - {decision: ann cart-reminder SEND 2026-03-03T08:00Z, send: {items: [tent]}}
 * </pre>
 *
 * @param name the definition's name; of one of {@link #KEYS}, a trigger's or channel's key
 * @param definitions of what the stories are told; empty if it is shipped
 * @param never the kinds of change that cannot occur, and why
 */
record ScenarioFile(
        String name, String definitions, Map<Change.Kind, String> never, Map<String, List<ScenarioStep>> stories) {
    static final Path SEGMENTS = Path.of("src/test/resources/scenarios");
    static final Path TRIGGERS = Path.of("src/test/resources/trigger-scenarios");
    static final Path KEYS = Path.of("src/test/resources/trigger-keys");

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory())
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    /** All files of segments, groups and traits, in order of name. */
    static List<ScenarioFile> all() {
        return all(SEGMENTS);
    }

    /** All files of a directory, in order of name. */
    static List<ScenarioFile> all(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().map(ScenarioFile::read).toList();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    static ScenarioFile read(Path file) {
        try {
            Contents contents = YAML.readValue(Files.readString(file), Contents.class);
            Map<String, List<ScenarioStep>> stories = new LinkedHashMap<>();
            for (Map.Entry<String, List<Map<String, Object>>> story : contents.stories.entrySet()) {
                stories.put(story.getKey(), new ScenarioSteps().read(story.getValue()));
            }
            return new ScenarioFile(
                    file.getFileName().toString().replaceFirst("\\.yaml$", ""),
                    contents.definitions == null ? "" : contents.definitions,
                    contents.never == null ? Map.of() : contents.never,
                    stories);
        } catch (IOException | IllegalArgumentException | BadRecord failure) {
            throw new AssertionError(file + ": " + failure.getMessage(), failure);
        }
    }

    private record Contents(
            @Nullable String definitions,
            @Nullable Map<Change.Kind, String> never,
            Map<String, List<Map<String, Object>>> stories) {}

    Stream<ExpectedChange> changes() {
        return stories.values().stream()
                .flatMap(List::stream)
                .filter(ScenarioStep.Expect.class::isInstance)
                .flatMap(step -> ((ScenarioStep.Expect) step).changes().stream());
    }

    /** The customers with an event in the story. */
    static Set<String> customers(List<ScenarioStep> story) {
        return story.stream()
                .filter(ScenarioStep.Happens.class::isInstance)
                .map(step -> ((ScenarioStep.Happens) step).event().customerId())
                .filter(customer -> !customer.startsWith(ScenarioSteps.CROWD))
                .collect(Collectors.toSet());
    }

    @Override
    public String toString() {
        return name;
    }
}
