// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.cluster;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * A memory limit for the RocksDB stores of all tasks of one instance. By default, every store takes 50 MB of cache and
 * 48 MB of write buffers for itself.
 */
public final class RocksMemory implements AutoCloseable {
    /** Property under which the setter, which Streams creates by class name, finds this object. */
    static final String KEY = "segue.rocksdb.memory";

    private static final long MEBIBYTE = 1024 * 1024;
    private static final long WRITE_BUFFER = 8 * MEBIBYTE;
    private static final boolean NO_STRICT_LIMIT = false;
    private static final long LARGEST_MANIFEST = 1;
    private static final int SHARD_BITS = -1;

    /** Share of the cache for index and filter blocks, which every read needs. */
    private static final double HIGH_PRIORITY_SHARE = 0.1;

    private final Cache cache;
    private final WriteBufferManager writeBuffers;
    private final Duration rewriteAfter;

    /**
     * @param mebibytes shared by all stores
     * @param rewriteAfter maximum age of a file before it is rewritten without deleted entries
     */
    public RocksMemory(int mebibytes, Duration rewriteAfter) {
        this.rewriteAfter = rewriteAfter;
        // The cache is created before any store, so the native library may not be loaded yet.
        RocksDB.loadLibrary();
        cache = new LRUCache(mebibytes * MEBIBYTE, SHARD_BITS, NO_STRICT_LIMIT, HIGH_PRIORITY_SHARE);
        writeBuffers = new WriteBufferManager(mebibytes * MEBIBYTE / 2, cache);
    }

    private void applyTo(Options options) {
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(cache);
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setPinTopLevelIndexAndFilter(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(writeBuffers);
        options.setWriteBufferSize(WRITE_BUFFER);
        // A deleted customer's id stays in the files, and in the manifest as a file's key range, until both are
        // rewritten.
        options.setPeriodicCompactionSeconds(rewriteAfter.toSeconds());
        options.setMaxManifestFileSize(LARGEST_MANIFEST);
    }

    /** Must be called after the last store was closed. */
    @Override
    public void close() {
        writeBuffers.close();
        cache.close();
    }

    /** Streams creates one for each store. */
    public static final class Setter implements RocksDBConfigSetter {
        @Override
        public void setConfig(String store, Options options, Map<String, Object> configs) {
            RocksMemory memory = (RocksMemory) Objects.requireNonNull(configs.get(KEY), KEY);
            memory.applyTo(options);
        }

        /** Does nothing: the memory is shared and outlives every store. */
        @Override
        public void close(String store, Options options) {}
    }
}
