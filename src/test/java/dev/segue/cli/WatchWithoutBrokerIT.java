// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.demo.broker.EmbeddedBroker;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A definition is saved while the broker is away. */
class WatchWithoutBrokerIT {
    private static final String LOYAL = "segment: loyal\nwhen: purchase.count() >= 3\n";

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void publishesOnceTheBrokerIsBack() throws Exception {
        Path file = Files.createDirectory(directory.resolve("segments")).resolve("loyal.yaml");
        Files.writeString(file, LOYAL);
        EmbeddedBroker broker = EmbeddedBroker.start(0, directory.resolve("broker"));
        int port = URI.create("kafka://" + broker.bootstrapServers()).getPort();
        Path settings = Files.writeString(directory.resolve("segue.yaml"), """
                bootstrap_servers: 127.0.0.1:%d
                application_id: shop
                segments: {directories: [%s]}
                registry: {directory: %s}
                http: {port: 0}
                topics: {partitions: 1, replication_factor: 1}
                processing: {state_directory: %s, start_patience: 5s}
                """.formatted(
                        port, file.getParent(), directory.resolve("registry"), directory.resolve("state")));
        Thread processor = new Thread(() -> Main.run(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                "run",
                "--config",
                settings.toString(),
                "--watch"));
        processor.start();
        try {
            ShopStage.waitFor(() -> out.toString().contains("running with 1 definition: loyal"));
            broker.close();
            Files.writeString(file, LOYAL.replace("3", "4"));
            ShopStage.waitFor(() -> err.toString().contains("not published yet"));
            broker = EmbeddedBroker.start(port, directory.resolve("broker"));
            ShopStage.waitFor(() -> out.toString().contains("published revision 2: 1 changed (loyal)\n"));
            assertThat(err.toString())
                    .startsWith("The saved definitions are not published yet; Segue tries again by itself. No Kafka"
                            + " broker answered at 127.0.0.1:" + port + " within 5 s.")
                    .doesNotContain("failed");
            assertThat(processor.isAlive()).isTrue();
        } finally {
            processor.interrupt();
            processor.join();
            broker.close();
        }
    }
}
