// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/explain.md run with the events that the page shows. */
class ExplainDocTest {
    @TempDir
    Path directory;

    @Test
    void everyCommandRuns() throws IOException {
        String text = Files.readString(Path.of("docs", "explain.md"));
        List<String> events = blocks("json", text);
        assertThat(events).hasSize(1);
        Path file = Files.writeString(directory.resolve("events.jsonl"), events.get(0));
        List<String> commands = blocks("sh", text);
        assertThat(commands).hasSize(3);
        for (String command : commands) {
            assertThat(command).startsWith("./segue ");
            CommandRun run = CommandRun.of(command.strip()
                    .substring("./segue ".length())
                    .replace("events.jsonl", file.toString())
                    .split(" ", -1));
            assertThat(run.code()).as(command + run.err()).isZero();
        }
    }

    private static List<String> blocks(String language, String text) {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(text)
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
    }
}
