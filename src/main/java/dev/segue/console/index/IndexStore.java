// SPDX-License-Identifier: Apache-2.0
package dev.segue.console.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.WriteOptions;

/**
 * Sorted keys and values in a temporary directory, with bounded memory. Safe for several threads; once it is closed, reading finds
 * nothing and writing does nothing, because RocksDB would end the process.
 */
final class IndexStore implements AutoCloseable {
    private static final long MEBIBYTE = 1024 * 1024;
    private static final long CACHE = 32 * MEBIBYTE;
    private static final long WRITE_BUFFER = 16 * MEBIBYTE;
    private static final int FILTER_BITS = 10;

    static {
        RocksDB.loadLibrary();
    }

    private final Path directory;
    private final LRUCache cache = new LRUCache(CACHE);
    private final BloomFilter filter = new BloomFilter(FILTER_BITS);
    private final Options options;
    /** What is lost with the machine is read again from the cluster. */
    private final WriteOptions unlogged = new WriteOptions().setDisableWAL(true);

    private final RocksDB database;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    private IndexStore(Path directory) {
        this.directory = directory;
        this.options = new Options()
                .setCreateIfMissing(true)
                .setWriteBufferSize(WRITE_BUFFER)
                .setMaxWriteBufferNumber(2)
                .setMaxOpenFiles(256)
                .setTableFormatConfig(new BlockBasedTableConfig()
                        .setBlockCache(cache)
                        .setCacheIndexAndFilterBlocks(true)
                        .setFilterPolicy(filter));
        try {
            this.database = RocksDB.open(options, directory.toString());
        } catch (RocksDBException failure) {
            throw failed(failure);
        }
    }

    /** Opens an empty store. */
    static IndexStore open() {
        try {
            return new IndexStore(Files.createTempDirectory("segue-console"));
        } catch (IOException failure) {
            throw new UncheckedIOException("the console needs a directory for temporary files", failure);
        }
    }

    /** Takes keys and values of a range in order. */
    interface Visitor {
        /** @return false to end */
        boolean visit(byte[] key, byte[] value);
    }

    private interface Action {
        void run() throws RocksDBException;
    }

    byte @Nullable [] get(byte[] key) {
        byte[][] found = new byte[1][];
        run(() -> found[0] = database.get(key));
        return found[0];
    }

    void put(byte[] key, byte[] value) {
        run(() -> database.put(unlogged, key, value));
    }

    void delete(byte[] key) {
        run(() -> database.delete(unlogged, key));
    }

    /** @param ranges pairs of the first key and the one behind the last */
    void clear(byte[][] ranges) {
        run(() -> {
            for (int pair = 0; pair < ranges.length; pair += 2) {
                database.deleteRange(unlogged, ranges[pair], ranges[pair + 1]);
            }
        });
    }

    /** Visits the keys that begin with a prefix, in order, from a key on. */
    void scan(byte[] from, byte[] prefix, Visitor visitor) {
        run(() -> {
            try (Slice end = new Slice(IndexKeys.behind(prefix));
                    ReadOptions reading = new ReadOptions().setIterateUpperBound(end);
                    RocksIterator keys = database.newIterator(reading)) {
                for (keys.seek(from); keys.isValid(); keys.next()) {
                    byte[] key = keys.key();
                    boolean fits = key.length >= prefix.length
                            && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
                    if (!fits || !visitor.visit(key, keys.value())) {
                        break;
                    }
                }
                keys.status();
            }
        });
    }

    private void run(Action action) {
        lock.readLock().lock();
        try {
            if (!closed) {
                action.run();
            }
        } catch (RocksDBException failure) {
            throw failed(failure);
        } finally {
            lock.readLock().unlock();
        }
    }

    private static IllegalStateException failed(RocksDBException failure) {
        return new IllegalStateException(
                "the console's temporary files cannot be used: " + failure.getMessage(), failure);
    }

    /** Deletes everything. */
    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            database.close();
            options.close();
            unlogged.close();
            filter.close();
            cache.close();
        } finally {
            lock.writeLock().unlock();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException left) {
            throw new UncheckedIOException("temporary files are left in " + directory, left);
        }
    }
}
