// SPDX-License-Identifier: Apache-2.0
package dev.segue.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program in another language. What it prints goes to a file. */
final class ClientProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path output;
    private final Process process;

    private ClientProcess(Path output, Process process) {
        this.output = output;
        this.process = process;
    }

    /** @param directory where it runs */
    static ClientProcess start(Path directory, Map<String, String> environment, List<String> command)
            throws IOException {
        Path output = Files.createTempFile("client", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return new ClientProcess(output, builder.start());
    }

    /** Whether a command exists and ends well. */
    static boolean succeeds(Path directory, Map<String, String> environment, String... command) throws Exception {
        try (ClientProcess client = start(directory, environment, List.of(command))) {
            return client.process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) && client.process.exitValue() == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    /** Runs a command that must end well. */
    static void run(String... command) throws Exception {
        try (ClientProcess client = start(Path.of("."), Map.of(), List.of(command))) {
            client.awaitSuccess();
        }
    }

    /** Waits until it has ended, and requires that it ended well. */
    void awaitSuccess() throws Exception {
        boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(ended && process.exitValue() == 0).as(printed()).isTrue();
    }

    /** Waits until it has printed all of these lines, and returns everything that it printed until then. */
    List<String> awaitLines(List<String> lines) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!printed().lines().toList().containsAll(lines)) {
            assertThat(process.isAlive() && System.nanoTime() < end)
                    .as("%s in:%n%s", lines, printed())
                    .isTrue();
            Thread.sleep(50);
        }
        return printed().lines().toList();
    }

    /** Waits until it has printed this text. */
    void awaitText(String text) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!printed().contains(text)) {
            assertThat(process.isAlive() && System.nanoTime() < end).as(text).isTrue();
            Thread.sleep(50);
        }
    }

    String printed() throws IOException {
        return Files.readString(output);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly().onExit().join();
        Files.deleteIfExists(output);
    }
}
