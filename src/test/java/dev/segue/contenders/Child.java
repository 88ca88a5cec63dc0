// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A Java process whose costs are measured. It ends when its standard input ends. */
final class Child implements AutoCloseable {
    private final Path log;
    private final Process process;

    Child(Path log, List<String> options, String classPath, Class<?> main, String... arguments) throws IOException {
        this.log = log;
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:-UsePerfData");
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main.getName()));
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** The current class path, in a test as in a program. */
    static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** Processor time so far, of all its threads. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Processor time so far that the JVM has spent on compiling; 0 without /proc. */
    Duration compiling() {
        try (var threads = Files.list(Path.of("/proc", Long.toString(process.pid()), "task"))) {
            return Duration.ofMillis(threads.mapToLong(Child::compilingMillis).sum());
        } catch (IOException none) {
            return Duration.ZERO;
        }
    }

    /** See proc(5): after the name in parentheses, user and system time are the 12th and 13th field, in hundredths. */
    private static long compilingMillis(Path thread) {
        try {
            String stat = Files.readString(thread.resolve("stat"));
            String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
            if (!name.startsWith("C1 Compiler") && !name.startsWith("C2 Compiler")) {
                return 0;
            }
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return 10 * (Long.parseLong(fields[11]) + Long.parseLong(fields[12]));
        } catch (IOException ended) {
            return 0;
        }
    }

    /** The peak memory of the process, as the kernel reports it; -1 without /proc. */
    long peakBytes() {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(-1);
        } catch (IOException none) {
            return -1;
        }
    }

    void requireAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the process has ended; it said: " + said());
        }
    }

    String said() {
        try {
            return Files.readString(log);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
