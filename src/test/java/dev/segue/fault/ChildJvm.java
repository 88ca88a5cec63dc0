// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Java process with our classes, which receives real signals. It ends with its standard input. */
final class ChildJvm implements AutoCloseable {
    private static final Duration LONGEST_STOP = Duration.ofSeconds(40);

    private final Path log;
    private final Process process;
    private final Writer input;

    /** @param options of the JVM */
    private ChildJvm(Path directory, String name, List<String> options, Class<?> main, List<String> arguments)
            throws IOException {
        log = Files.createTempFile(directory, name, ".log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"));
        // Otherwise a third of the start would be spent on verifying classes that were just compiled.
        command.addAll(List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:-BytecodeVerificationRemote"));
        command.addAll(options);
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(main.getName());
        command.addAll(arguments);
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        input = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** Starts {@code main} of a class with a heap of 256 MB. */
    static ChildJvm start(Path directory, Class<?> main, String... arguments) throws IOException {
        return start(directory, List.of("-Xmx256m"), main, arguments);
    }

    static ChildJvm start(Path directory, List<String> options, Class<?> main, String... arguments) throws IOException {
        return new ChildJvm(directory, main.getSimpleName(), options, main, List.of(arguments));
    }

    void write(String line) throws IOException {
        input.write(line + "\n");
        input.flush();
    }

    /** SIGKILL: no handler of the process runs. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Sends SIGTERM, and does not wait. */
    void askToStop() {
        process.destroy();
    }

    /** Sends SIGTERM, waits until the process has ended, and returns its exit code. */
    int terminate() throws IOException, InterruptedException {
        // Process.destroy() would also close its standard input, which ends it as well.
        signal("TERM");
        return awaitEnd(LONGEST_STOP);
    }

    /** SIGSTOP: the process is suspended without noticing. */
    void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** SIGCONT. */
    void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        assertThat(code).as("kill -%s %d", name, process.pid()).isZero();
    }

    /** Waits until the process has ended on its own; returns its exit code. */
    int awaitEnd(Duration patience) throws InterruptedException {
        assertThat(process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS))
                .as(() -> "ended within " + patience + "; it said: " + said())
                .isTrue();
        return process.exitValue();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void requireAlive() {
        assertThat(process.isAlive())
                .as(() -> "the process lives; it said: " + said())
                .isTrue();
    }

    /** The complete output of the process. */
    String said() {
        try {
            return Files.readString(log);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
