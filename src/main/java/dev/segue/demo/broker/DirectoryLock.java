// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.broker;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second broker out of a data directory. Kafka's own lock comes too late: by then the second broker may already
 * have written to the metadata log of the first.
 */
final class DirectoryLock implements AutoCloseable {
    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws BrokerNotStarted if another broker, of this process or of another, uses the directory */
    static DirectoryLock acquire(Path directory) throws BrokerNotStarted {
        try {
            FileChannel channel = FileChannel.open(
                    directory.resolve("segue.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new BrokerNotStarted("the data directory " + directory
                        + " is in use by another broker; stop it or choose another directory");
            }
            return new DirectoryLock(channel);
        } catch (IOException failure) {
            throw new BrokerNotStarted(
                    "cannot lock the data directory " + directory + " (" + failure
                            + "); choose one that can be written",
                    failure);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException ofThisProcess) {
            return null;
        }
    }

    /** Releases the lock. The file stays, because another broker may already wait for it. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException ignored) {
            // The lock ends with the process at the latest.
        }
    }
}
