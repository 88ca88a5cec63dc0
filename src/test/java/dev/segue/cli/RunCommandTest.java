// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {
    private static final String GOOD = Path.of("segments").toAbsolutePath().toString();

    @TempDir
    Path directory;

    @Test
    void requiresSettings() {
        CommandRun run = CommandRun.of("run");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.errLines())
                .containsExactly("Missing required option: '--config=FILE'", "Try 'segue run --help'.");
    }

    @Test
    void namesMissingFile() {
        CommandRun run = CommandRun.of("run", "--config", "nowhere/segue.yaml");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.errLines())
                .containsExactly("There is no file 'nowhere/segue.yaml'; choose the settings with --config.");
    }

    @Test
    void reportsAllMistakesOfSettings() throws Exception {
        CommandRun run = run("bootstrap_server: x:1\nprocessing: {threads: 0}\n");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.errLines())
                .containsExactly(
                        file() + ":1:1: unknown key 'bootstrap_server'. Did you mean 'bootstrap_servers'?",
                        file() + ":2:23: processing.threads must be from 1 to 256, not 0",
                        "  | processing: {threads: 0}",
                        "  |                       ^");
    }

    @Test
    void refusesStartWithInvalidDefinition() throws Exception {
        Path segments = Files.createDirectory(directory.resolve("segments"));
        Files.copy(Path.of(GOOD, "cart-abandoned.yaml"), segments.resolve("cart-abandoned.yaml"));
        Files.writeString(segments.resolve("bad.yaml"), "segment: bad\nwhen: cart.cuont() > 0\n");
        Files.writeString(segments.resolve("worse.yaml"), "segment: worse\nwhen: product_viewd.count() > 0\n");
        CommandRun run = run("segments: {directories: " + segments + "}\nbootstrap_servers: 127.0.0.1:1\n");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("bad.yaml:2:").contains("worse.yaml:2:").doesNotContain("127.0.0.1:1");
    }

    @Test
    void namesDirectoryWithoutSegments() throws Exception {
        CommandRun run = run("segments: {directories: [segments, " + directory.resolve("none") + "]}\n");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .contains("There is no file or directory " + directory.resolve("none"), "'segments.directories'");
    }

    @Test
    void refusesStartWithInvalidOverride() throws Exception {
        String settings = "bootstrap_servers: 127.0.0.1:1\nsegments: {overrides: {cart-abandoned: {quite: 30m}}}\n";
        CommandRun run = run(settings);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.errLines())
                .containsExactly(
                        file() + ":2:41: 'cart-abandoned' has no param 'quite'. Did you mean 'quiet'?",
                        "  | segments: {overrides: {cart-abandoned: {quite: 30m}}}",
                        "  | " + " ".repeat(40) + "^");
        CommandRun set = CommandRun.of(
                "run", "--config", file().toString(), "--segments", GOOD, "--set", "cart-abandoned.quiet=soon");
        assertThat(set.code()).isEqualTo(2);
        assertThat(set.err()).contains("--set:1:22: 'quiet' is a duration. 'soon' is not a duration.");
    }

    @Test
    void reportsMissingBrokerAfterPatience() throws Exception {
        CommandRun run = run("bootstrap_servers: 127.0.0.1:1\nprocessing: {start_patience: 1s}\n");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.errLines())
                .containsExactly("failed: No Kafka broker answered at 127.0.0.1:1 within 1 s. Start it, or set its"
                        + " address under 'bootstrap_servers'. A broker that requires TLS or a password causes the same"
                        + " error until 'kafka' sets security.protocol.");
    }

    @Test
    void printsHealthAddressBeforeWaiting() throws Exception {
        CommandRun run = run("bootstrap_servers: 127.0.0.1:1\nprocessing: {start_patience: 1s}\n");
        assertThat(run.out())
                .matches("health and metrics at http://127\\.0\\.0\\.1:\\d+/health/ready, http://127\\.0\\.0\\.1:\\d+"
                        + "/metrics\\R");
    }

    @Test
    void reportsForeignServerAfterPatience() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CommandRun run = run(
                    "bootstrap_servers: 127.0.0.1:" + silent.getLocalPort() + "\nprocessing: {start_patience: 1s}\n");
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err()).startsWith("failed: No Kafka broker answered at 127.0.0.1:" + silent.getLocalPort());
        }
    }

    @Test
    void namesUnknownHost() throws Exception {
        CommandRun run = run("bootstrap_servers: no-such-host.invalid:9092\nprocessing: {start_patience: 1s}\n");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.errLines()).singleElement().asString().contains("no-such-host.invalid:9092");
    }

    private CommandRun run(String settings) throws IOException {
        Files.writeString(file(), settings + "http: {port: 0}\n");
        return CommandRun.of("run", "--config", file().toString());
    }

    private Path file() {
        return directory.resolve("segue.yaml");
    }
}
