// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.segue.replay.mapping.MappingReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples of docs/mappings.md are valid mappings, and the files that it names exist. */
class MappingsDocTest {
    private static final Pattern EXAMPLE = Pattern.compile("(?m)^```yaml\\n(.*?)^```$", Pattern.DOTALL);
    private static final String HEAD = """
            mapping: example
            format: jsonl
            columns: [id, at, who, {items: json}, {refunds: json}]
            customer: row.who
            time: row.at
            """;

    @Test
    void everyExampleIsValid() throws Exception {
        MappingReader reader = new MappingReader(Traces.vocabulary());
        List<String> examples = new ArrayList<>();
        Matcher matcher = EXAMPLE.matcher(document());
        while (matcher.find()) {
            String text = matcher.group(1);
            examples.add(text.startsWith("mapping:") ? text : HEAD + text);
        }
        assertThat(examples).hasSize(2);
        for (String example : examples) {
            assertThatCode(() -> reader.read("docs/mappings.md", example)).doesNotThrowAnyException();
        }
    }

    @Test
    void everyMappingNamedExists() throws Exception {
        Matcher matcher = Pattern.compile("--mapping (\\S+)").matcher(document());
        int found = 0;
        while (matcher.find()) {
            assertThat(Path.of(matcher.group(1))).exists();
            found++;
        }
        assertThat(found).isEqualTo(4);
    }

    private static String document() throws Exception {
        return Files.readString(Path.of("docs/mappings.md"));
    }
}
