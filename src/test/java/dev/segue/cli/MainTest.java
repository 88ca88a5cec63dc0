// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {

    @Test
    void everyHelpHasExample() {
        Map<String, CommandLine> commands = new CommandLine(new Main()).getSubcommands();
        assertThat(commands).containsKeys("check", "list", "new", "replay", "produce", "changes");
        commands.keySet().forEach(name -> {
            CommandRun run = CommandRun.of(name, "--help");
            assertThat(run.code()).isZero();
            assertThat(run.out()).contains("Example: segue " + name + " ");
        });
        assertThat(CommandRun.of("--help").out()).contains("Example: segue ");
    }

    /** All commands that use definitions have the same options for them. */
    @Test
    void definitionOptionsAreUniform() {
        for (String command : List.of("check", "list", "new", "replay", "explain", "why", "demo", "run")) {
            assertThat(CommandRun.of(command, "--help").out())
                    .as(command)
                    .contains("--config=FILE", "--segments=PATH", "--set=SEGMENT.PARAM=VALUE");
        }
    }

    @Test
    void showsWholeSentencesInCommandList() {
        Map<String, CommandLine> commands = new CommandLine(new Main()).getSubcommands();
        String all = CommandRun.of("--help").out().replaceAll("\\s+", " ");
        commands.forEach((name, command) -> {
            String[] description = command.getCommandSpec().usageMessage().description();
            for (String sentence : description) {
                assertThat(sentence).as(name).endsWith(".");
            }
            assertThat(all).contains(name + " " + description[0]);
            String own = CommandRun.of(name, "--help").out().replaceAll("\\s+", " ");
            assertThat(own).contains(description);
        });
    }

    @Test
    void refusesUnknownOriginBeforeAnythingIsSent() {
        CommandRun run = CommandRun.of("erase", "ann", "--origin", "bougth");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("--origin: 'bougth' is not an origin. Did you mean 'bought'?");
    }

    @Test
    void printsVersion() {
        assertThat(CommandRun.of("--version").out()).startsWith("segue ");
        assertThat(CommandRun.of("replay", "--version").out()).startsWith("segue ");
    }

    @Test
    void reportsMissingCommand() {
        CommandRun run = CommandRun.of();
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.errLines()).containsExactly("Name a command.", "Try 'segue --help'.");
    }

    @Test
    void reportsMissingBrokerWithinSeconds() {
        for (String[] args : List.of(
                new String[] {"produce", "--events", "pom.xml", "--bootstrap-servers", "127.0.0.1:1"},
                new String[] {"changes", "--bootstrap-servers", "127.0.0.1:1"})) {
            CommandRun run = CommandRun.of(with(args, "--schemas-dir", "target/no-registry"));
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.errLines())
                    .containsExactly(
                            "failed: No broker answers at 127.0.0.1:1; start Kafka there or set another address"
                                    + " with --bootstrap-servers.");
        }
    }

    @Test
    void namesUnknownHost() {
        CommandRun run = CommandRun.of(
                "changes", "--bootstrap-servers", "no-such-host.invalid:9092", "--schemas-dir", "target/no-registry");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.errLines()).singleElement().asString().contains("no-such-host.invalid:9092");
    }

    @Test
    void requiresExactlyOneRegistry() {
        CommandRun none = CommandRun.of("changes", "--bootstrap-servers", "127.0.0.1:1");
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).contains("--registry").contains("--schemas-dir");
        CommandRun both =
                CommandRun.of("changes", "--bootstrap-servers", "x:1", "--registry", "http://x", "--schemas-dir", "y");
        assertThat(both.code()).isEqualTo(2);
        assertThat(both.err()).contains("mutually exclusive");
    }

    @Test
    void refusesImpossibleSpeedAndStart() {
        CommandRun produce = CommandRun.of(
                "produce", "--events", "x", "--bootstrap-servers", "x:1", "--schemas-dir", "y", "--speed", "-1");
        assertThat(produce.code()).isEqualTo(2);
        assertThat(produce.errLines())
                .containsExactly("--speed must be a number above 0, such as 60, or max, not '-1'.");
        CommandRun changes =
                CommandRun.of("changes", "--bootstrap-servers", "x:1", "--schemas-dir", "y", "--since", "yesterday");
        assertThat(changes.code()).isEqualTo(2);
        assertThat(changes.errLines()).singleElement().asString().startsWith("--since: 'yesterday' is not a timestamp");
    }

    @Test
    void explainsWhatARevisionIs() {
        CommandRun rollback = CommandRun.of("rollback", "x", "--config", "segue.yaml");
        assertThat(rollback.code()).isEqualTo(2);
        assertThat(rollback.errLines())
                .containsExactly("REVISION: 'x' is not the number of a revision, such as 3. 'segue definitions' lists"
                        + " the published revisions.");
        CommandRun definitions = CommandRun.of("definitions", "--revision", "1.5", "--config", "segue.yaml");
        assertThat(definitions.code()).isEqualTo(2);
        assertThat(definitions.errLines()).singleElement().asString().startsWith("--revision: '1.5' is not the number");
    }

    private static String[] with(String[] args, String... more) {
        String[] all = Arrays.copyOf(args, args.length + more.length);
        System.arraycopy(more, 0, all, args.length, more.length);
        return all;
    }
}
