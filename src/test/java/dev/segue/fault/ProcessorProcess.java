// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import dev.segue.config.Settings;
import dev.segue.runtime.Application;
import dev.segue.runtime.Monitoring;
import dev.segue.runtime.cluster.CannotStart;
import dev.segue.runtime.settings.SettingsReader;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The processor as a process of its own with a clock that stands still: it shows the latest instant read from standard
 * input, and the process ends with its input. SIGTERM stops it like the shipped command.
 */
final class ProcessorProcess {
    /** The exit code of a processor that a failure has stopped. */
    static final int FAILED = 3;

    /** Printed before the address of the health checks. */
    static final String LISTENS = "listens at ";

    private ProcessorProcess() {}

    /** @param arguments the file of settings, and the initial instant of the clock */
    public static void main(String[] arguments) throws Exception {
        AtomicReference<Instant> clock = new AtomicReference<>(Instant.parse(arguments[1]));
        Settings settings = SettingsReader.read(arguments[0], Files.readString(Path.of(arguments[0])), System::getenv);
        Monitoring monitoring = new Monitoring(settings);
        Application application = Application.load(settings, clock::get, monitoring.meters());
        System.out.println(LISTENS + monitoring.open(application).orElseThrow());
        Runtime.getRuntime().addShutdownHook(new Thread(application::close, "stop"));
        Thread reader = new Thread(() -> follow(clock), "clock");
        reader.setDaemon(true);
        reader.start();
        try {
            application.start();
            application.awaitStopped();
        } catch (CannotStart failure) {
            System.out.println(failure.getMessage());
            Runtime.getRuntime().halt(FAILED);
        }
    }

    private static void follow(AtomicReference<Instant> clock) {
        try (BufferedReader instants = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = instants.readLine(); line != null; line = instants.readLine()) {
                clock.set(Instant.parse(line));
            }
        } catch (java.io.IOException gone) {
            System.out.println(gone);
        }
        System.exit(0);
    }
}
