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
 * One bounded piece of memory for the RocksDB stores of all tasks of one instance. With RocksDB's defaults every store
 * takes 50 MB of cache and 48 MB of write buffers for itself.
 */
public final class RocksMemory implements AutoCloseable {
    /** Where the setter, which Streams makes by name, finds this object among the properties. */
    static final String KEY = "segue.rocksdb.memory";

    private static final long MEBIBYTE = 1024 * 1024;
    private static final long WRITE_BUFFER = 8 * MEBIBYTE;
    private static final boolean NO_STRICT_LIMIT = false;
    private static final long LARGEST_MANIFEST = 1;
    private static final int SHARD_BITS = -1;

    /** Share of the cache for index and filter blocks, which are read at every get. */
    private static final double HIGH_PRIORITY_SHARE = 0.1;

    private final Cache cache;
    private final WriteBufferManager writeBuffers;
    private final Duration rewriteAfter;

    /**
     * @param mebibytes what all stores share
     * @param rewriteAfter how long a file may stay before it is written again, without what was deleted
     */
    public RocksMemory(int mebibytes, Duration rewriteAfter) {
        this.rewriteAfter = rewriteAfter;
        // The cache is made before any store, so nobody else has loaded the native library yet.
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
        // A deleted customer's id stays in the files, and as a border of files in the manifest, until both are written
        // again.
        options.setPeriodicCompactionSeconds(rewriteAfter.toSeconds());
        options.setMaxManifestFileSize(LARGEST_MANIFEST);
    }

    /** Only after the last store was closed. */
    @Override
    public void close() {
        writeBuffers.close();
        cache.close();
    }

    /** Made by Streams, once for each store. */
    public static final class Setter implements RocksDBConfigSetter {
        @Override
        public void setConfig(String store, Options options, Map<String, Object> configs) {
            RocksMemory memory = (RocksMemory) Objects.requireNonNull(configs.get(KEY), KEY);
            memory.applyTo(options);
        }

        /** The memory is shared and outlives every store. */
        @Override
        public void close(String store, Options options) {}
    }
}
