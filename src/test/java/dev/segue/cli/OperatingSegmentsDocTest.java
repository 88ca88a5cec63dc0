// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.runtime.settings.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/operating-segments.md run, its settings are valid, and its message is the actual one. */
class OperatingSegmentsDocTest {
    @TempDir
    Path directory;

    @Test
    void everyCommandRuns() throws IOException {
        List<String> commands = blocks("sh").stream().flatMap(String::lines).toList();
        assertThat(commands).hasSize(10);
        for (String command : commands) {
            assertThat(command).startsWith("./segue ");
            CommandRun run = CommandRun.of(command.substring("./segue ".length())
                    .replace("my-segments", directory.resolve("my-segments").toString())
                    .split(" ", -1));
            assertThat(run.code()).as(command + run.err()).isZero();
        }
    }

    @Test
    void everySettingIsValid() throws Exception {
        List<String> settings = blocks("yaml settings");
        assertThat(settings).hasSize(2);
        assertThat(SettingsReader.read("segue.yaml", settings.get(1), System::getenv)
                        .segments()
                        .width()
                        .afterCustomers())
                .isEqualTo(1000);
        CommandRun run = check(settings.get(0));
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("cart-abandoned.quiet is 30m, by ", "usage-level.heavy is 8, by ");
    }

    @Test
    void messageMatches() throws IOException {
        CommandRun run = check(blocks("yaml settings wrong").get(0));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err().replace(directory + "/", ""))
                .isEqualTo(blocks("message").get(0));
    }

    private CommandRun check(String settings) throws IOException {
        Path file = Files.writeString(directory.resolve("segue.yaml"), settings);
        return CommandRun.of("check", "--config", file.toString());
    }

    private static List<String> blocks(String kind) throws IOException {
        String text = Files.readString(Path.of("docs", "operating-segments.md"));
        return Pattern.compile("```" + kind + "\n(.*?)```", Pattern.DOTALL)
                .matcher(text)
                .results()
                .map(block -> block.group(1))
                .toList();
    }
}
