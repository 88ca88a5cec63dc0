// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.cluster;

import dev.segue.topology.PastLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;

/** A store on disk that nobody reads after a restart: it writes no log of its own, and its directory is deleted. */
final class DiskOverflow implements PastLog.Overflow {
    private static final long MEBIBYTE = 1024 * 1024;
    private static final long BUFFER = 16 * MEBIBYTE;

    private final Path directory;
    private final Options options;
    private final WriteOptions writing;
    private final RocksDB store;

    private DiskOverflow(Path directory, Options options, WriteOptions writing, RocksDB store) {
        this.directory = directory;
        this.options = options;
        this.writing = writing;
        this.store = store;
    }

    /** @param directory is deleted first, if a process that was killed has left it */
    static DiskOverflow open(Path directory) {
        RocksDB.loadLibrary();
        Options options = new Options().setCreateIfMissing(true).setWriteBufferSize(BUFFER);
        try {
            delete(directory);
            Files.createDirectories(directory);
            return new DiskOverflow(
                    directory,
                    options,
                    new WriteOptions().setDisableWAL(true),
                    RocksDB.open(options, directory.toString()));
        } catch (IOException | RocksDBException failure) {
            options.close();
            throw failed(directory, failure);
        }
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            List<Path> found;
            try (Stream<Path> all = Files.walk(directory)) {
                found = all.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : found) {
                Files.delete(path);
            }
        }
    }

    private static IllegalStateException failed(Path directory, Exception why) {
        return new IllegalStateException(
                "past customers cannot be stored in '" + directory + "': " + why.getMessage(), why);
    }

    @Override
    public void put(String customer, byte[] state) {
        try {
            store.put(writing, key(customer), state);
        } catch (RocksDBException failure) {
            throw failed(directory, failure);
        }
    }

    @Override
    public byte @Nullable [] get(String customer) {
        try {
            return store.get(key(customer));
        } catch (RocksDBException failure) {
            throw failed(directory, failure);
        }
    }

    @Override
    public void remove(String customer) {
        try {
            store.delete(writing, key(customer));
        } catch (RocksDBException failure) {
            throw failed(directory, failure);
        }
    }

    private static byte[] key(String customer) {
        return customer.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        store.close();
        writing.close();
        options.close();
        try {
            delete(directory);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
