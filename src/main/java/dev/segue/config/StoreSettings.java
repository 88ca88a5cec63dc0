// SPDX-License-Identifier: Apache-2.0
package dev.segue.config;

/**
 * The store of customers between events, and its memory and disk limits.
 *
 * @param kind both kinds have a changelog in the cluster
 * @param memoryMebibytes memory that all RocksDB stores of this instance share for blocks and write buffers, 8 to 65536
 * @param writeCacheMebibytes memory in which Streams buffers writes before it flushes them to the store and its
 *     changelog, 0 to 65536
 * @param stateCacheMebibytes approximate heap for decoded customers that are kept between events, 0 to 65536
 * @param diskReserveMebibytes the instance pauses if the disk of RocksDB has less free space than this, 0 (never) to
 *     1048576
 */
public record StoreSettings(
        Kind kind, int memoryMebibytes, int writeCacheMebibytes, int stateCacheMebibytes, int diskReserveMebibytes) {
    /** @throws IllegalArgumentException if a value is invalid; the message names it */
    public StoreSettings {
        Checks checks = new Checks();
        checks.within("processing.store_memory_mib", memoryMebibytes, 8, 65_536);
        checks.within("processing.write_cache_mib", writeCacheMebibytes, 0, 65_536);
        checks.within("processing.state_cache_mib", stateCacheMebibytes, 0, 65_536);
        checks.within("processing.disk_reserve_mib", diskReserveMebibytes, 0, 1 << 20);
        checks.end();
    }

    public enum Kind {
        ROCKSDB,
        IN_MEMORY
    }

    public static StoreSettings defaults() {
        return new StoreSettings(Kind.ROCKSDB, 64, 8, 8, 256);
    }
}
