// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.SmallShop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The messages for wrong definitions: {@code bad/NAME.yaml} (with {@code NAME.other.yaml}, read together) gives exactly
 * {@code bad/NAME.txt}. After an intended change, {@code -Dsegue.golden.write=true} rewrites the texts.
 */
class BadDefinitionsTest {
    private static final Path DIRECTORY = Path.of("src/test/resources/dev/segue/definition/bad");

    @TestFactory
    Collection<DynamicTest> reportsExpectedMessages() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Map.Entry<String, List<Path>> bad : files().entrySet()) {
            tests.add(DynamicTest.dynamicTest(bad.getKey(), () -> {
                Path expected = DIRECTORY.resolve(bad.getKey() + ".txt");
                String found = problems(bad.getValue());
                if (Boolean.getBoolean("segue.golden.write")) {
                    Files.writeString(expected, found);
                }
                assertThat(found).isEqualTo(Files.readString(expected));
            }));
        }
        return tests;
    }

    @Test
    void messagesRevealNoImplementation() throws IOException {
        for (List<Path> bad : files().values()) {
            assertThat(problems(bad).lines().filter(line -> !line.startsWith("  |")))
                    .noneMatch(line -> line.contains("<EOF>")
                            || line.contains("container")
                            || line.contains("expecting {")
                            || line.contains("overload")
                            || line.contains("google.protobuf")
                            || line.contains("dev.cel")
                            || line.contains("org.yaml")
                            || line.contains("mapping values")
                            || line.contains("block end")
                            || line.contains("while scanning")
                            || line.contains("while parsing")
                            || line.contains("mismatched input")
                            || line.matches(".*'(_.*_|@.*|list_.*)'.*"));
        }
    }

    private static Map<String, List<Path>> files() throws IOException {
        Map<String, List<Path>> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(DIRECTORY)) {
            for (Path file : all.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".yaml")) {
                    files.computeIfAbsent(name.substring(0, name.indexOf('.')), any -> new ArrayList<>())
                            .add(file);
                }
            }
        }
        assertThat(files).hasSizeGreaterThan(100);
        return files;
    }

    private static String problems(List<Path> files) throws IOException {
        List<DefinitionText> texts = new ArrayList<>();
        for (Path file : files) {
            texts.add(DefinitionText.decode(file.getFileName().toString(), Files.readAllBytes(file)));
        }
        try {
            List<Definition> read = new DefinitionReader(SmallShop.VOCABULARY).read(texts);
            return "nothing is wrong: " + read + "\n";
        } catch (InvalidDefinitions invalid) {
            return invalid.getMessage() + "\n";
        }
    }
}
