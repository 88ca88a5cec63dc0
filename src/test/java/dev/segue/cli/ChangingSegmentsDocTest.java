// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** docs/changing-segments.md names existing commands and options; {@code ApplyIT} and {@code WatchIT} run them. */
class ChangingSegmentsDocTest {
    @Test
    void everyCommandExists() throws Exception {
        List<String> commands = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs", "changing-segments.md")))
                .results()
                .flatMap(block -> block.group(1).lines())
                .toList();
        assertThat(commands).hasSize(8);
        CommandLine segue = new CommandLine(new Main());
        TreeSet<String> used = new TreeSet<>();
        for (String command : commands) {
            String[] words = command.substring("./segue ".length()).split(" ", -1);
            used.add(words[0]);
            CommandLine named = segue.getSubcommands().get(words[0]);
            assertThat(named).as(command).isNotNull();
            assertThat(segue.parseArgs(words).errors()).as(command).isEmpty();
        }
        assertThat(used).containsExactly("apply", "definitions", "rollback", "run");
    }
}
