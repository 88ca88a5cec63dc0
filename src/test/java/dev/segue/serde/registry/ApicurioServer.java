// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Apicurio Registry as a child process with in-memory storage, on a free port of the loopback address. */
final class ApicurioServer {
    private static final Pattern LISTENING = Pattern.compile("Listening on: (http://127\\.0\\.0\\.1:\\d+)");
    private static final int SECONDS_TO_START = 180;

    private final Process process;
    private final URI url;

    private ApicurioServer(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    static ApicurioServer start(Path unpacked) throws IOException, InterruptedException {
        Path log = Path.of("target/apicurio.log").toAbsolutePath();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-Dquarkus.http.host=127.0.0.1",
                        // The server chooses a free port itself and prints it, so no other process can take it in
                        // between.
                        "-Dquarkus.http.port=0",
                        "-jar",
                        jar(unpacked).toAbsolutePath().toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        for (int tenths = 0; tenths < SECONDS_TO_START * 10 && process.isAlive(); tenths++) {
            Matcher listening = LISTENING.matcher(Files.readString(log));
            if (listening.find()) {
                return new ApicurioServer(process, URI.create(listening.group(1) + "/apis/ccompat/v7"));
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        process.destroyForcibly();
        throw new AssertionError("the registry did not start; its log is " + log);
    }

    /** The address of the API that is compatible with Confluent's registry. */
    URI url() {
        return url;
    }

    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    private static Path jar(Path unpacked) {
        try (Stream<Path> files = Files.list(unpacked)) {
            List<Path> runners = files.filter(file -> file.toString().endsWith("-runner.jar"))
                    .toList();
            if (runners.size() == 1) {
                return runners.get(0);
            }
            throw new AssertionError("there is not one -runner.jar in " + unpacked + "; run `./mvnw verify`");
        } catch (IOException failure) {
            throw new UncheckedIOException("there is no registry in " + unpacked + "; run `./mvnw verify`", failure);
        }
    }
}
