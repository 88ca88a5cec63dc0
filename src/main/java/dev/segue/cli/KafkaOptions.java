// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.cli.text.UserError;
import dev.segue.config.ClientSettings;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of Kafka clients: the address of the cluster, and properties such as credentials. */
final class KafkaOptions {
    @Option(
            names = "--bootstrap-servers",
            required = true,
            paramLabel = "HOST:PORT",
            description = "Bootstrap brokers, separated by commas.")
    private String bootstrapServers = "";

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "File with further properties of the Kafka client, such as TLS settings and passwords.")
    private @Nullable Path config;

    /** @throws UserError if the file is absent or not a properties file */
    ClientSettings settings() {
        if (bootstrapServers.isBlank()) {
            throw new UserError("--bootstrap-servers must name at least one host:port.");
        }
        return new ClientSettings(bootstrapServers, properties());
    }

    private Map<String, String> properties() {
        Map<String, String> read = new HashMap<>();
        if (config == null) {
            return read;
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(config)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new UserError("The client properties " + config + " cannot be read: " + unreadable.getMessage());
        }
        properties.stringPropertyNames().forEach(name -> read.put(name, properties.getProperty(name)));
        return read;
    }
}
