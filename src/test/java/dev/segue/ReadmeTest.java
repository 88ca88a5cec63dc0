// SPDX-License-Identifier: Apache-2.0
package dev.segue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionReader;
import dev.segue.definition.DefinitionText;
import dev.segue.event.Change;
import dev.segue.event.Vocabulary;
import dev.segue.plan.Plan;
import dev.segue.replay.EventFiles;
import dev.segue.replay.EventReader;
import dev.segue.replay.Replay;
import dev.segue.replay.Until;
import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.output.ChangeJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README shows the shipped files, and links every page of the documentation. */
class ReadmeTest {
    private static final Path README = Path.of("README.md");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)(?:#([^)]*))?\\)");
    private static final List<String> OMITTED = List.of("change_id", "detected_at", "definition_version");

    @TempDir
    private Path directory;

    @Test
    void showsShippedDefinition() throws Exception {
        assertThat(Files.readString(README)).contains("```yaml\n" + definition() + "```");
    }

    @Test
    void showsActualChanges() throws Exception {
        Path events = Files.writeString(directory.resolve("events.jsonl"), """
                {"type":"product_added","customer_id":"ann","event_id":"e1","occurred_at":"2026-03-02T10:00:00Z",\
                "product_id":"tent","category":"outdoor","price":249.00}
                {"type":"order_completed","customer_id":"ann","event_id":"e2","occurred_at":"2026-03-02T12:15:30Z",\
                "order_id":"o1","total":249.00}
                """);
        assertThat(shown()).isEqualTo(replayed(events));
    }

    private static List<JsonNode> shown() throws IOException {
        Matcher block = Pattern.compile("(?ms)^```json\n(.*?)^```").matcher(Files.readString(README));
        assertThat(block.find()).isTrue();
        try (MappingIterator<JsonNode> changes = JSON.readerFor(JsonNode.class).readValues(block.group(1))) {
            return changes.readAll();
        }
    }

    private static List<JsonNode> replayed(Path events) throws Exception {
        Vocabulary vocabulary = EventSchemas.read(Path.of("schemas", "events")).vocabulary();
        List<Definition> definitions =
                new DefinitionReader(vocabulary).read(List.of(new DefinitionText("cart-abandoned.yaml", definition())));
        List<JsonNode> replayed = new ArrayList<>();
        try (EventReader reader = EventFiles.open(List.of(events), null, vocabulary)) {
            for (Change change : new Replay(Plan.compile(definitions, vocabulary))
                    .run(reader, new Until.Nowhere())
                    .changes()) {
                ObjectNode json = (ObjectNode) JSON.readTree(ChangeJson.write(change));
                replayed.add(json.remove(OMITTED));
            }
        }
        return replayed;
    }

    private static String definition() throws IOException {
        return Files.readString(Path.of("segments", "cart-abandoned.yaml"));
    }

    @Test
    void marksCommandsOfCi() throws Exception {
        assertThat(Files.readString(README))
                .contains(
                        "<!-- ci: demo -->\n```sh\n./segue demo\n```", "<!-- ci: test -->\n```sh\n./mvnw verify\n```");
    }

    @Test
    void linksEveryPage() throws Exception {
        String text = Files.readString(README);
        try (Stream<Path> pages = Files.list(Path.of("docs"))) {
            assertThat(pages.filter(page -> page.toString().endsWith(".md")))
                    .isNotEmpty()
                    .allSatisfy(page -> assertThat(text).contains("](docs/" + page.getFileName()));
        }
    }

    @Test
    void everyLinkHasTarget() throws Exception {
        List<Path> pages = new ArrayList<>();
        try (Stream<Path> top = Files.list(Path.of(""));
                Stream<Path> docs = Files.walk(Path.of("docs"))) {
            Stream.concat(top, docs)
                    .filter(page -> page.toString().endsWith(".md"))
                    .forEach(pages::add);
        }
        List<String> broken = new ArrayList<>();
        for (Path page : pages) {
            Matcher links = LINK.matcher(Files.readString(page));
            while (links.find()) {
                if (!links.group(1).contains("://") && !leads(page, links.group(1), links.group(2))) {
                    broken.add(page + ": " + links.group());
                }
            }
        }
        assertThat(pages).hasSizeGreaterThan(20);
        assertThat(broken).isEmpty();
    }

    private static boolean leads(Path page, String link, @Nullable String anchor) throws IOException {
        Path target = page.resolveSibling(link).normalize();
        if (!Files.exists(target)) {
            return false;
        }
        return anchor == null || anchors(target).contains(anchor);
    }

    /** Anchors as GitHub creates them from headings. */
    private static List<String> anchors(Path page) throws IOException {
        List<String> anchors = new ArrayList<>();
        for (String line : Files.readAllLines(page)) {
            if (line.startsWith("#")) {
                anchors.add(line.replaceFirst("#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'));
            } else if (line.startsWith("<a id=\"")) {
                anchors.add(line.replaceAll("^<a id=\"([^\"]*)\".*", "$1"));
            }
        }
        return anchors;
    }
}
