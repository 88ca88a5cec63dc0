// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema that editors use agrees with the reader. */
class DefinitionSchemaTest {
    private static final Path FILE = Path.of("schemas/definition.schema.json");
    private static final Path BAD = Path.of("src/test/resources/dev/segue/definition/bad");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private final JsonNode source = new ObjectMapper().readTree(FILE.toFile());
    private final JsonSchema schema =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(source);

    DefinitionSchemaTest() throws IOException {}

    @ParameterizedTest
    @ValueSource(strings = {"segment", "group", "trait", "channel", "trigger"})
    void hasTheReadersKeys(String kind) {
        Set<String> known = new TreeSet<>(DefinitionKeys.COMMON);
        known.addAll(DefinitionKeys.OF_KIND.get(kind));
        Set<String> described = new TreeSet<>();
        source.at("/$defs/" + kind + "/properties").fieldNames().forEachRemaining(described::add);
        assertThat(described).isEqualTo(known);
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void acceptsEveryShippedDefinition(Path file) throws IOException {
        List<JsonNode> documents = documents(file);
        assertThat(documents)
                .isNotEmpty()
                .allSatisfy(document -> assertThat(schema.validate(document)).isEmpty());
    }

    static List<Path> shipped() throws IOException {
        List<Path> shipped = new ArrayList<>();
        for (String directory : List.of("segments", "triggers")) {
            try (Stream<Path> files = Files.walk(Path.of(directory))) {
                files.filter(file -> file.toString().endsWith(".yaml")).sorted().forEach(shipped::add);
            }
        }
        return shipped;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "carry-bad-name",
                "carry-not-a-map",
                "group-empty",
                "group-list",
                "key-misspelt",
                "key-of-another-kind",
                "key-unknown",
                "kind-missing",
                "kind-two",
                "params-not-a-map",
                "tags-wrong",
                "update-unknown",
                "update-without-carry",
                "when-a-list",
                "yaml-list"
            })
    void refusesShapesThatReaderRefuses(String name) throws IOException {
        assertThat(documents(BAD.resolve(name + ".yaml")))
                .anySatisfy(document -> assertThat(schema.validate(document)).isNotEmpty());
    }

    @Test
    void explainsEveryKey() {
        for (String kind : DefinitionKeys.OF_KIND.keySet()) {
            source.at("/$defs/" + kind + "/properties")
                    .forEach(key -> assertThat(key.has("description")
                                    || key.path("$ref").asText().equals("#/$defs/name"))
                            .as(key.toString())
                            .isTrue());
        }
    }

    private static List<JsonNode> documents(Path file) throws IOException {
        List<JsonNode> documents = new ArrayList<>();
        try (MappingIterator<JsonNode> values = YAML.readerFor(JsonNode.class).readValues(file.toFile())) {
            values.forEachRemaining(documents::add);
        }
        return documents;
    }
}
