package dev.segue.demo.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where something is stored.
 *
 * @param temporary whether {@link #close} deletes it
 */
public record DataDirectory(Path path, boolean temporary) implements AutoCloseable {

    /**
     * @param wanted made at need and kept; null for a temporary directory
     * @throws BrokerNotStarted when it cannot be made
     */
    public static DataDirectory open(@Nullable Path wanted) throws BrokerNotStarted {
        try {
            return wanted == null
                    ? new DataDirectory(Files.createTempDirectory("segue-demo-"), true)
                    : new DataDirectory(Files.createDirectories(wanted.toAbsolutePath()), false);
        } catch (IOException failure) {
            String place = wanted == null ? "among temporary files" : wanted.toString();
            throw new BrokerNotStarted(
                    "cannot make the data directory " + place + " (" + failure + "); name one that can be written",
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
