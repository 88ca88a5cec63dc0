// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo;

import dev.segue.runtime.cluster.CannotStart;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Properties;

/**
 * The progress of a kept shop, so that the next run can continue.
 *
 * @param seed of the shop
 * @param opens when its visits began
 * @param events how many of its events are in the topic; after a crash there may be some more
 * @param time the shop's time
 */
record ShopJournal(long seed, Instant opens, long events, Instant time) {
    private static final String FILE = "shop.properties";

    /**
     * Reads the journal of a data directory, if it has one.
     *
     * @throws CannotStart if it cannot be read
     */
    static Optional<ShopJournal> read(Path directory) {
        Path file = directory.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties entries = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            entries.load(reader);
            return Optional.of(new ShopJournal(
                    Long.parseLong(entries.getProperty("seed", "")),
                    Instant.parse(entries.getProperty("opens", "")),
                    Long.parseLong(entries.getProperty("events", "")),
                    Instant.parse(entries.getProperty("time", ""))));
        } catch (IOException | NumberFormatException | DateTimeParseException failure) {
            throw new CannotStart(
                    file + " cannot be read (" + failure.getMessage() + "); choose another data directory", failure);
        }
    }

    /** Replaces the directory's journal atomically. */
    void write(Path directory) throws IOException {
        Properties entries = new Properties();
        entries.setProperty("seed", Long.toString(seed));
        entries.setProperty("opens", opens.toString());
        entries.setProperty("events", Long.toString(events));
        entries.setProperty("time", time.toString());
        Path fresh = directory.resolve(FILE + ".new");
        try (Writer writer = Files.newBufferedWriter(fresh)) {
            entries.store(writer, "Progress of the simulated shop");
        }
        Files.move(fresh, directory.resolve(FILE), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
