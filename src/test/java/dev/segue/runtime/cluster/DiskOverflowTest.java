// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskOverflowTest {
    @TempDir
    Path directory;

    @Test
    void keepsTheLatestUntilItIsClosed() {
        Path place = directory.resolve("past").resolve("0");
        try (DiskOverflow store = DiskOverflow.open(place)) {
            assertThat(store.get("ann")).isNull();
            store.put("ann", new byte[] {1});
            store.put("ann", new byte[] {2, 3});
            store.put("björn", new byte[0]);
            assertThat(store.get("ann")).containsExactly(2, 3);
            assertThat(store.get("björn")).isEmpty();
            store.remove("ann");
            assertThat(store.get("ann")).isNull();
        }
        assertThat(place).doesNotExist();
    }

    @Test
    void beginsEmptyAfterAKill() throws Exception {
        Path place = Files.createDirectories(directory.resolve("0"));
        Files.writeString(place.resolve("CURRENT"), "left by a process that was killed");
        try (DiskOverflow store = DiskOverflow.open(place)) {
            assertThat(store.get("ann")).isNull();
        }
    }

    @Test
    void namesTheDirectoryThatCannotBeUsed() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");
        assertThatThrownBy(() -> DiskOverflow.open(file.resolve("0")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("past customers cannot be stored in '" + file.resolve("0") + "': ");
    }
}
