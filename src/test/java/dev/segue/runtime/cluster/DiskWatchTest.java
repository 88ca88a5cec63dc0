// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskWatchTest {
    private static final long MEBIBYTE = 1024 * 1024;

    private final AtomicLong room = new AtomicLong();
    private final List<Boolean> told = new ArrayList<>();
    private final DiskWatch watch = new DiskWatch(Path.of("state"), room::get, 100, told::add);

    @Test
    void pausesBelowReserveButNotAtIt() {
        check(100 * MEBIBYTE);
        assertThat(told).isEmpty();
        assertThat(watch.trouble()).isNull();
        check(100 * MEBIBYTE - 1);
        assertThat(told).containsExactly(true);
        assertThat(watch.trouble())
                .isEqualTo(
                        "is paused: only 99 MiB are free on the disk of processing.state_directory 'state', less than"
                                + " processing.disk_reserve_mib: 100. Free some space; processing then resumes by itself.");
        check(0);
        assertThat(told).as("once").containsExactly(true);
    }

    @Test
    void resumesAtQuarterAboveReserve() {
        check(0);
        check(125 * MEBIBYTE - 1);
        assertThat(told).containsExactly(true);
        check(125 * MEBIBYTE);
        assertThat(told).containsExactly(true, false);
        assertThat(watch.trouble()).isNull();
        check(100 * MEBIBYTE);
        assertThat(told).containsExactly(true, false);
    }

    @Test
    void checksDiskOfDirectoryThatDoesNotExistYet(@TempDir Path directory) {
        long there = DiskWatch.roomUnder(directory).getAsLong();
        assertThat(there).isPositive();
        assertThat(DiskWatch.roomUnder(directory.resolve("not").resolve("yet")).getAsLong())
                .isBetween(there - 100 * MEBIBYTE, there + 100 * MEBIBYTE);
    }

    private void check(long bytes) {
        room.set(bytes);
        watch.look();
    }
}
