// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.IdentitySettings;
import dev.segue.config.LimitSettings;
import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionReader;
import dev.segue.definition.DefinitionText;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.event.Change;
import dev.segue.event.Event;
import dev.segue.event.ProductFacts;
import dev.segue.event.TriggerDecision;
import dev.segue.lint.Lint;
import dev.segue.plan.Plan;
import dev.segue.plan.PlanOptions;
import dev.segue.plan.identity.Linking;
import dev.segue.serde.event.EventSchemas;
import dev.segue.story.PlanStage;
import dev.segue.yaml.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every example of docs/language.md and docs/triggers.md behaves as the text says: a {@code yaml} block is valid with the shipped schemas,
 * an {@code events} block after it is replayed (a last line {@code until TIME} advances time, and {@code TIME facts ID ...}
 * says what is known of a product) and yields the {@code
 * changes} or {@code decisions} block after that; a {@code yaml wrong} block is refused with the text of the {@code message} block after it,
 * and for a {@code yaml warned} block that text is the warnings.
 */
class DocumentationTest {
    private static final List<Path> DOCUMENTS = List.of(Path.of("docs/language.md"), Path.of("docs/triggers.md"));
    private static final Pattern BLOCK = Pattern.compile("(?m)^```([a-z ]+)\\n(.*?)^```$", Pattern.DOTALL);

    @TempDir
    private Path directory;

    @TestFactory
    Collection<DynamicTest> everyExampleIsCorrect() throws Exception {
        EventSchemas schemas = EventSchemas.read(Path.of("schemas/events"));
        List<Block> blocks = new ArrayList<>();
        for (Path document : DOCUMENTS) {
            blocks.addAll(blocks(Files.readString(document)));
        }
        List<DynamicTest> tests = new ArrayList<>();
        for (int index = 0; index < blocks.size(); index++) {
            Block block = blocks.get(index);
            Block next = index + 1 < blocks.size() ? blocks.get(index + 1) : new Block("", "", 0);
            Block afterNext = index + 2 < blocks.size() ? blocks.get(index + 2) : new Block("", "", 0);
            if (block.kind().equals("yaml wrong")) {
                assertThat(next.kind()).as("after line %d", block.line()).isEqualTo("message");
                tests.add(DynamicTest.dynamicTest(
                        "line " + block.line() + " is refused",
                        () -> assertThat(message(schemas, block))
                                .isEqualTo(next.text().strip())));
            } else if (block.kind().equals("yaml warned")) {
                assertThat(next.kind()).as("after line %d", block.line()).isEqualTo("message");
                tests.add(DynamicTest.dynamicTest(
                        "line " + block.line() + " is warned of",
                        () -> assertThat(warnings(schemas, block))
                                .isEqualTo(next.text().strip())));
            } else if (block.kind().equals("yaml")) {
                tests.add(DynamicTest.dynamicTest("line " + block.line() + " is read", () -> read(schemas, block)));
                if (next.kind().equals("events")) {
                    tests.add(DynamicTest.dynamicTest(
                            "line " + block.line() + " gives its changes",
                            () -> assertThat(results(schemas, block, next.text(), afterNext.kind()))
                                    .isEqualTo(afterNext.text().strip())));
                }
            }
        }
        assertThat(tests).hasSizeGreaterThan(20);
        return tests;
    }

    private record Block(String kind, String text, int line) {}

    private static List<Block> blocks(String document) {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(document);
        while (matcher.find()) {
            int line = (int) document.substring(0, matcher.start()).lines().count() + 1;
            blocks.add(new Block(matcher.group(1), matcher.group(2), line));
        }
        return blocks;
    }

    private static List<Definition> read(EventSchemas schemas, Block block) throws InvalidDefinitions {
        return new DefinitionReader(schemas.vocabulary())
                .read(List.of(new DefinitionText("example.yaml", block.text())));
    }

    private static String warnings(EventSchemas schemas, Block block) throws InvalidDefinitions {
        List<DefinitionText> texts = List.of(new DefinitionText("example.yaml", block.text()));
        return Lint.warnings(
                        new DefinitionReader(schemas.vocabulary()).check(texts, List.of()),
                        schemas.vocabulary(),
                        PlanOptions.defaults())
                .stream()
                .map(Problem::render)
                .collect(Collectors.joining("\n"));
    }

    private static String message(EventSchemas schemas, Block block) {
        try {
            read(schemas, block);
            return "nothing is wrong";
        } catch (InvalidDefinitions invalid) {
            return invalid.getMessage();
        }
    }

    private String results(EventSchemas schemas, Block block, String story, String kind) throws Exception {
        List<String> lines = story.lines().filter(line -> !line.isBlank()).toList();
        String last = lines.get(lines.size() - 1);
        Until until = last.startsWith("until ") ? Until.parse(last.substring(6)) : new Until.Nowhere();
        StringBuilder events = new StringBuilder();
        List<ProductFacts> facts = new ArrayList<>();
        int count = 0;
        for (String line : lines) {
            if (isFacts(line)) {
                Path file = Files.writeString(directory.resolve("facts.jsonl"), facts(line), StandardCharsets.UTF_8);
                facts.addAll(ProductFile.read(file).facts());
            } else if (!line.startsWith("until ")) {
                events.append(event(line, ++count)).append('\n');
            }
        }
        Path file = Files.writeString(directory.resolve("events.jsonl"), events, StandardCharsets.UTF_8);
        Plan plan = Plan.compile(read(schemas, block), schemas.vocabulary());
        try (EventReader reader = EventFiles.open(List.of(file), null, schemas.vocabulary())) {
            if (kind.equals("decisions")) {
                return decisions(plan, reader, until);
            }
            return new Replay(
                            plan,
                            new Linking(IdentitySettings.defaults(), LimitSettings.defaults()),
                            ProductFile.table(facts))
                    .run(reader, until).changes().stream()
                            .map(DocumentationTest::format)
                            .collect(Collectors.joining("\n"));
        }
    }

    private static String decisions(Plan plan, EventReader reader, Until until) throws IOException {
        try (PlanStage stage = new PlanStage(plan, true)) {
            Instant clock = Instant.EPOCH;
            for (Event event = reader.next(); event != null; event = reader.next()) {
                Instant time = Instant.ofEpochMilli(event.time());
                clock = time.isAfter(clock) ? time : clock;
                stage.event(event, clock, clock);
            }
            stage.timeIs(Instant.ofEpochMilli(until.millis(clock.toEpochMilli()).orElseThrow()));
            return stage.told().decisions().stream()
                    .sorted(Comparator.comparing(TriggerDecision::decidedAt).thenComparing(TriggerDecision::customerId))
                    .map(DocumentationTest::format)
                    .collect(Collectors.joining("\n"));
        }
    }

    /** {@code 2026-03-01T10:00 ann product_viewed "product_id":"p1"} as one line of JSON. */
    private static String event(String line, int number) {
        String[] parts = line.split("\\s+", 4);
        String fields = parts.length > 3 ? "," + parts[3] : "";
        return "{\"event_id\":\"e" + number + "\",\"occurred_at\":\"" + time(parts[0]) + "\",\"customer_id\":\""
                + parts[1] + "\",\"type\":\"" + parts[2] + "\"" + fields + "}";
    }

    private static boolean isFacts(String line) {
        return line.split("\\s+", 3)[1].equals("facts");
    }

    /** {@code 2026-03-01T10:00 facts p1 "stock":3} as one line of JSON. */
    private static String facts(String line) {
        String[] parts = line.split("\\s+", 4);
        return "{\"at\":\"" + time(parts[0]) + "\",\"product_id\":\"" + parts[2] + "\"," + parts[3] + "}";
    }

    private static String time(String text) {
        return text + (text.matches(".*T\\d\\d:\\d\\d") ? ":00Z" : "Z");
    }

    private static String format(TriggerDecision decision) {
        return format(decision.decidedAt()) + " " + decision.customerId() + " " + decision.trigger() + " "
                + decision.kind() + (decision.until() == null ? "" : " until " + format(decision.until()));
    }

    private static String format(Instant instant) {
        return instant.toString().replaceFirst("(:00)?Z$", "");
    }

    private static String format(Change change) {
        String value = change.value() == null ? "" : " " + change.value();
        return format(change.effectiveAt()) + " " + change.customerId() + " " + change.segment() + " " + change.kind()
                + value;
    }
}
