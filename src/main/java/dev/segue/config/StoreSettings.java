package dev.segue.config;

/**
 * Where customers are kept between events, and how much of the machine that may take.
 *
 * @param kind both have a changelog in the cluster
 * @param memoryMebibytes what all RocksDB stores of this instance share for blocks and write buffers, 8 to 65536
 * @param writeCacheMebibytes what Streams may hold back before it writes to the store and its changelog, 0 to 65536
 * @param stateCacheMebibytes about what customers may take of the heap who are kept between events, 0 to 65536
 * @param diskReserveMebibytes with less room than this on the disk of RocksDB the instance pauses, 0 (never) to 1048576
 */
public record StoreSettings(
        Kind kind, int memoryMebibytes, int writeCacheMebibytes, int stateCacheMebibytes, int diskReserveMebibytes) {
    /** @throws IllegalArgumentException naming the value that is wrong */
    public StoreSettings {
        Check.within("processing.store_memory_mib", memoryMebibytes, 8, 65_536);
        Check.within("processing.write_cache_mib", writeCacheMebibytes, 0, 65_536);
        Check.within("processing.state_cache_mib", stateCacheMebibytes, 0, 65_536);
        Check.within("processing.disk_reserve_mib", diskReserveMebibytes, 0, 1 << 20);
    }

    /** The store's technique. */
    public enum Kind {
        ROCKSDB,
        IN_MEMORY
    }

    public static StoreSettings defaults() {
        return new StoreSettings(Kind.ROCKSDB, 64, 8, 8, 256);
    }
}
