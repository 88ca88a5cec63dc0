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

/** A Java process of our own, with our classes, that gets real signals. It ends with its standard input. */
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
        // A third of the start would go into checking classes that the compiler has just written.
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

    /** SIGTERM, and does not wait. */
    void askToStop() {
        process.destroy();
    }

    /** SIGTERM, and waits until the process has ended; its exit code. */
    int terminate() throws IOException, InterruptedException {
        // Process.destroy() would close its standard input too, and that ends it as well.
        signal("TERM");
        return awaitEnd(LONGEST_STOP);
    }

    /** SIGSTOP: the process stands still and does not know it. */
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

    /** Waits until the process has ended by itself; its exit code. */
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

    /** Everything that the process has printed. */
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
