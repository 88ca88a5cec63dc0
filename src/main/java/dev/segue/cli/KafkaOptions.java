package dev.segue.cli;

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

/** How a Kafka client finds and enters the cluster. */
final class KafkaOptions {
    @Option(
            names = "--bootstrap-servers",
            required = true,
            paramLabel = "HOST:PORT",
            description = "Brokers to ask first, separated by commas.")
    private String bootstrapServers = "";

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Further properties of the Kafka client, such as those for TLS and passwords.")
    private @Nullable Path config;

    /** @throws UserError when the file is absent or no properties file */
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
