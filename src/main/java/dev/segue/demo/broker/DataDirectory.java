// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A directory for the broker's data.
 *
 * @param temporary true if {@link #close} deletes it
 */
public record DataDirectory(Path path, boolean temporary) implements AutoCloseable {

    /**
     * @param wanted created if absent, and kept; null for a temporary directory
     * @throws BrokerNotStarted if it cannot be created
     */
    public static DataDirectory open(@Nullable Path wanted) throws BrokerNotStarted {
        try {
            return wanted == null
                    ? new DataDirectory(Files.createTempDirectory("segue-demo-"), true)
                    : new DataDirectory(Files.createDirectories(wanted.toAbsolutePath()), false);
        } catch (IOException failure) {
            String place = wanted == null ? "in the directory of temporary files" : wanted.toString();
            throw new BrokerNotStarted(
                    "cannot create the data directory " + place + " (" + failure + "); choose one that can be written",
                    failure);
        }
    }

    @Override
    public void close() {
        if (temporary) {
            Directories.delete(path);
        }
    }
}
