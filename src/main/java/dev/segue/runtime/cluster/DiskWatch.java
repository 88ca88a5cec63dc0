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
 * Pauses work before the disk of the state directory is full, and goes on once there is room again. RocksDB itself either
 * fails on a full disk or makes its writer wait without a word, and may then wait for ever.
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
     * @param room how many bytes are free; {@code Long.MAX_VALUE} where that cannot be told
     * @param reserveMebibytes how many must be; 0 for none
     * @param pause told true when work is to pause, and false when it is to go on
     */
    public DiskWatch(Path directory, LongSupplier room, int reserveMebibytes, Consumer<Boolean> pause) {
        this.directory = directory.toString();
        this.room = room;
        this.reserve = reserveMebibytes * MEBIBYTE;
        this.pause = pause;
        this.thread = new Thread(this::watch, "segue-disk-watch");
        this.thread.setDaemon(true);
    }

    /** The room on the disk on which a directory lies, or will lie. */
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

    /** Why work is paused, or null while it is not. */
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

    /** Goes on only with a quarter more than the reserve, so that it does not pause and go on in turns. */
    void look() {
        long free = room.getAsLong();
        if (trouble == null && free < reserve) {
            trouble = "is paused: only " + free / MEBIBYTE + " MiB are free on the disk of processing.state_directory '"
                    + directory + "', less than processing.disk_reserve_mib: " + reserve / MEBIBYTE
                    + ". Make room; it goes on by itself.";
            LOG.warn("{}", trouble);
            pause.accept(true);
        } else if (trouble != null && free >= reserve + reserve / 4) {
            trouble = null;
            LOG.info("goes on: {} MiB are free on the disk of '{}'", free / MEBIBYTE, directory);
            pause.accept(false);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
