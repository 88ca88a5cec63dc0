// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The commands in docs/operations.md are valid; DeadLettersIT and ErasureIT run them. */
class OperationsCommandsTest {
    @Test
    void everyCommandShownIsValid() throws Exception {
        List<String> shown = Files.readString(Path.of("docs", "operations.md"))
                .lines()
                .filter(line -> line.startsWith("./segue "))
                .toList();
        assertThat(shown).hasSizeGreaterThanOrEqualTo(4);
        for (String line : shown) {
            String[] args = line.substring("./segue ".length()).split(" ");
            CommandLine.ParseResult parsed = new CommandLine(new Main()).parseArgs(args);
            assertThat(parsed.hasSubcommand()).as(line).isTrue();
        }
    }
}
