// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** docs/commands.md, docs/connect.md and docs/demo.md show only existing commands and options, and every command. */
class CommandsDocTest {
    private static final Path COMMANDS = Path.of("docs", "commands.md");
    private static final Path CONNECT = Path.of("docs", "connect.md");
    private static final Path DEMO = Path.of("docs", "demo.md");
    /** Started by the script itself; {@code BenchDocTest} checks its options. */
    private static final String BENCH = "bench";

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `\\./segue ([a-z-]+)([^`]*)` \\|");
    private static final Pattern OPTION = Pattern.compile("--[a-z-]+");

    private final Map<String, CommandLine> commands = new CommandLine(new Main()).getSubcommands();

    @Test
    void everyCommandIsShownOnce() throws Exception {
        List<String> shown = new ArrayList<>();
        Matcher rows = ROW.matcher(Files.readString(COMMANDS));
        while (rows.find()) {
            shown.add(rows.group(1));
        }
        TreeSet<String> all = new TreeSet<>(commands.keySet());
        all.add(BENCH);
        assertThat(shown).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void everyOptionShownExists() throws Exception {
        Map<String, List<String>> unknown = new TreeMap<>();
        Matcher rows = ROW.matcher(Files.readString(COMMANDS));
        while (rows.find()) {
            CommandLine command = commands.get(rows.group(1));
            if (command != null) {
                OPTION.matcher(rows.group(2))
                        .results()
                        .map(option -> option.group())
                        .filter(option -> command.getCommandSpec().findOption(option) == null)
                        .forEach(option -> unknown.computeIfAbsent(rows.group(1), absent -> new ArrayList<>())
                                .add(option));
            }
        }
        assertThat(unknown).isEmpty();
    }

    @Test
    void everyOptionOfDemoExists() throws Exception {
        List<String> options = Files.readString(DEMO)
                .lines()
                .filter(line -> line.startsWith("| `--"))
                .flatMap(line -> OPTION.matcher(line.substring(0, line.indexOf('|', 1)))
                        .results()
                        .map(option -> option.group()))
                .toList();
        assertThat(options)
                .hasSize(11)
                .allSatisfy(option -> assertThat(
                                commands.get("demo").getCommandSpec().findOption(option))
                        .as(option)
                        .isNotNull());
    }

    @Test
    void everyCommandOfConnectPageIsValid() throws Exception {
        List<String> shown = Pattern.compile("(?m)(?:^|`)\\./segue ([^`\n]+)")
                .matcher(Files.readString(CONNECT))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(shown).hasSizeGreaterThan(5);
        for (String line : shown) {
            String name = line.split(" ", 2)[0];
            assertThat(commands).containsKey(name);
            if (line.contains(" --")) {
                // Throws if an option does not exist.
                new CommandLine(new Main()).parseArgs(line.split(" "));
            }
        }
    }

    @Test
    void everyCommandOfDeliveryPageIsValid() throws Exception {
        List<String> shown = Files.readString(Path.of("docs", "delivery.md"))
                .lines()
                .filter(line -> line.startsWith("./segue "))
                .toList();
        assertThat(shown).hasSize(5);
        for (String line : shown) {
            // Throws if an option does not exist.
            new CommandLine(new Main())
                    .parseArgs(line.substring("./segue ".length()).split(" "));
        }
    }

    @Test
    void everyCommandOfDemoPageIsValid() throws Exception {
        List<String> shown = Files.readString(DEMO)
                .lines()
                .filter(line -> line.startsWith("./segue "))
                .toList();
        assertThat(shown).hasSize(3);
        for (String line : shown) {
            // Throws if an option does not exist.
            new CommandLine(new Main())
                    .parseArgs(line.substring("./segue ".length()).split(" "));
        }
    }
}
