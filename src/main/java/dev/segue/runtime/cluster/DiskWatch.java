// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pauses processing before the disk of the state directory is full, and resumes once there is room again. On a full
 * disk, RocksDB itself either fails or silently blocks its writer, perhaps for ever.
 */
public final class DiskWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DiskWatch.class);
    private static final long MEBIBYTE = 1024 * 1024;
    private static final long PAUSE_MILLIS = 200;

    private final LongSupplier room;
    private final long reserve;
    private final String directory;
    private final Consumer<Boolean> pause;
    private final Thread thread;
    private volatile @Nullable String trouble;

    /**
     * @param room returns the free bytes; {@code Long.MAX_VALUE} if unknown
     * @param reserveMebibytes how much must stay free; 0 disables the check
     * @param pause receives true to pause processing and false to resume
     */
    public DiskWatch(Path directory, LongSupplier room, int reserveMebibytes, Consumer<Boolean> pause) {
        this.directory = directory.toString();
        this.room = room;
        this.reserve = reserveMebibytes * MEBIBYTE;
        this.pause = pause;
        this.thread = new Thread(this::watch, "segue-disk-watch");
        this.thread.setDaemon(true);
    }

    /** Returns the free bytes of the disk that contains the directory, or will contain it. */
    public static LongSupplier roomUnder(Path directory) {
        return () -> {
            Path place = directory.toAbsolutePath();
            while (place.getParent() != null && !Files.exists(place)) {
                place = place.getParent();
            }
            try {
                return Files.getFileStore(place).getUsableSpace();
            } catch (IOException untold) {
                return Long.MAX_VALUE;
            }
        };
    }

    public void start() {
        if (reserve > 0) {
            thread.start();
        }
    }

    /** Why processing is paused; null while it is not. */
    @Nullable
    public String trouble() {
        return trouble;
    }

    private void watch() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                look();
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Resumes only at a quarter above the reserve, so that it does not alternate between pausing and resuming. */
    void look() {
        long free = room.getAsLong();
        if (trouble == null && free < reserve) {
            trouble = "is paused: only " + free / MEBIBYTE + " MiB are free on the disk of processing.state_directory '"
                    + directory + "', less than processing.disk_reserve_mib: " + reserve / MEBIBYTE
                    + ". Free some space; processing then resumes by itself.";
            LOG.warn("{}", trouble);
            pause.accept(true);
        } else if (trouble != null && free >= reserve + reserve / 4) {
            trouble = null;
            LOG.info("resumes: {} MiB are free on the disk of '{}'", free / MEBIBYTE, directory);
            pause.accept(false);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
