// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** The parameters of one contender, as a file. */
public final class Job {
    private final Properties entries;

    private Job(Properties entries) {
        this.entries = entries;
    }

    static Path write(Path file, Map<String, String> entries) throws IOException {
        Properties properties = new Properties();
        properties.putAll(entries);
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        return file;
    }

    static Job read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return new Job(properties);
    }

    /** @throws IllegalArgumentException if the key is missing */
    public String get(String key) {
        String value = entries.getProperty(key);
        if (value == null) {
            throw new IllegalArgumentException("the job has no " + key);
        }
        return value;
    }

    public int number(String key) {
        return Integer.parseInt(get(key));
    }

    public boolean is(String key) {
        return Boolean.parseBoolean(entries.getProperty(key, "false"));
    }

    /** The contender's name in the cluster. */
    public String applicationId() {
        return get("application.id");
    }

    public String bootstrapServers() {
        return get("bootstrap.servers");
    }

    /** The topic that all contenders read. */
    public String events() {
        return get("events");
    }

    /** The topic to which this contender writes its changes. */
    public String changes() {
        return get("changes");
    }

    public boolean exactlyOnce() {
        return is("exactly.once");
    }

    public int commitMillis() {
        return number("commit.millis");
    }

    /** The directory for local state. */
    public Path directory() {
        return Path.of(get("directory"));
    }

    public Path schemas() {
        return Path.of(get("schemas"));
    }

    public Path registry() {
        return Path.of(get("registry"));
    }
}
