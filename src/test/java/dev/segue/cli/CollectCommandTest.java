// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectCommandTest {
    private static final String KEYS = "keys: {web: {key: abcdefgh}}";

    @TempDir
    Path directory;

    @Test
    void requiresSettings() {
        CommandRun run = CommandRun.of("collect");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.errLines())
                .containsExactly("Missing required option: '--config=FILE'", "Try 'segue collect --help'.");
    }

    /** Without the lines of the file: this section holds keys. */
    @Test
    void reportsAllMistakesOfSettings() throws Exception {
        CommandRun run = run("collect", "collector:\n  port: -1\n  mapping: nowhere.yaml\n  patience: 0s\n");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.errLines())
                .containsExactly(
                        file() + ":2:1: collector.keys must have at least one key",
                        file() + ":3:9: collector.port must be from 0 to 65535, not -1",
                        file() + ":4:12: collector.mapping must name the mapping from messages to events: there is no"
                                + " file 'nowhere.yaml'. The shipped one is mappings/segment.yaml",
                        file() + ":5:13: collector.patience must be from 1s to 2m, not 0ms");
    }

    @Test
    void reportsAllMistakesOfMapping() throws Exception {
        Path mapping =
                Files.writeString(directory.resolve("mapping.yaml"), "mapping: mine\nformat: xml\ncolour: red\n");
        String collector = "collector: {mapping: " + mapping + ", " + KEYS + "}\n";
        CommandRun run = run("collect", collector);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains(mapping + ":2:9: ", mapping + ":3:1: unknown key 'colour'");
        CommandRun beside = run("run", collector.replace("{mapping", "{enabled: true, mapping"));
        assertThat(beside.code()).isEqualTo(2);
        assertThat(beside.err()).isEqualTo(run.err());
    }

    @Test
    void runNeedsMappingOnlyIfItCollects() throws Exception {
        CommandRun run = run("run", "collector: {enabled: true, mapping: nowhere.yaml, " + KEYS + "}\n");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains(file() + ":2:37: collector.mapping must name the mapping");
        CommandRun without = run("run", "collector: {mapping: nowhere.yaml, " + KEYS + "}\n");
        assertThat(without.err()).startsWith("failed: No Kafka broker answered");
    }

    @Test
    void namesMissingBrokerAfterPatience() throws Exception {
        CommandRun run = run("collect", "collector: {port: 0, " + KEYS + "}\n");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .startsWith("failed: No Kafka broker answered at 127.0.0.1:1 within 1 s.");
    }

    private CommandRun run(String command, String collector) throws IOException {
        Files.writeString(
                file(),
                "bootstrap_servers: 127.0.0.1:1\n" + collector + "processing: {start_patience: 1s}\nhttp: {port: 0}\n");
        return CommandRun.of(command, "--config", file().toString());
    }

    private Path file() {
        return directory.resolve("segue.yaml");
    }
}
