// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of docs/backtest.md run with the events that the page shows, and yield the report that it shows; {@code
 * -Dsegue.golden.write=true} rewrites that report. {@link BacktestIT} runs the command that needs a broker.
 */
class BacktestDocTest {
    static final Path DOCUMENT = Path.of("docs", "backtest.md");

    /** Names of types and definitions are values. */
    private static final Set<String> BY_NAME = Set.of("refused", "failures", "change");

    @TempDir
    Path directory;

    private String text;
    private Path events;

    @BeforeEach
    void read() throws IOException {
        text = Files.readString(DOCUMENT);
        events = Files.writeString(
                directory.resolve("events.jsonl"), blocks("json", text).get(0));
    }

    @Test
    void firstCommandPrintsTheReportShown() throws IOException {
        CommandRun run = run(commands(text).get(0));
        assertThat(run.code()).as(run.err()).isZero();
        String anew = Pattern.compile("(?<=\n```\n)2026-.*?(?=```\n)", Pattern.DOTALL)
                .matcher(text)
                .replaceFirst(run.out().replace("$", "\\$"));
        if (Boolean.getBoolean("segue.golden.write")) {
            Files.writeString(DOCUMENT, anew);
            text = anew;
        }
        assertThat(text).isEqualTo(anew);
    }

    @Test
    void everyKeyOfJsonIsDescribed() throws IOException {
        List<String> commands = commands(text);
        assertThat(commands).hasSize(3);
        CommandRun run = run(commands.get(2));
        assertThat(run.code()).as(run.err()).isZero();
        Set<String> keys = new TreeSet<>();
        collect(new ObjectMapper().readTree(run.out()), keys);
        assertThat(keys)
                .hasSizeGreaterThan(50)
                .allSatisfy(key -> assertThat(text).contains("`" + key + "`"));
    }

    private static void collect(JsonNode node, Set<String> keys) {
        node.fieldNames().forEachRemaining(key -> {
            keys.add(key);
            if (!BY_NAME.contains(key)) {
                collect(node.get(key), keys);
            }
        });
        if (node.isArray()) {
            node.forEach(element -> collect(element, keys));
        }
    }

    private CommandRun run(String command) {
        return CommandRun.of(command.replace("events.jsonl", events.toString()).split(" ", -1));
    }

    /** The commands of the page, without {@code ./segue}. */
    static List<String> commands(String text) {
        return blocks("sh", text).stream()
                .map(command -> command.strip().substring("./segue ".length()))
                .toList();
    }

    private static List<String> blocks(String language, String text) {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(text)
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
    }
}
