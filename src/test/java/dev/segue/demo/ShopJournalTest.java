// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.runtime.cluster.CannotStart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShopJournalTest {
    private static final ShopJournal JOURNAL =
            new ShopJournal(7, Instant.parse("2026-03-02T10:00:00Z"), 42, Instant.parse("2026-03-02T11:00:00.123Z"));

    @TempDir
    Path directory;

    @Test
    void newDirectoryHasNoJournal() throws Exception {
        assertThat(ShopJournal.read(directory)).isEmpty();
    }

    @Test
    void readsLatestJournal() throws Exception {
        new ShopJournal(7, JOURNAL.opens(), 1, JOURNAL.opens()).write(directory);
        JOURNAL.write(directory);
        assertThat(ShopJournal.read(directory)).contains(JOURNAL);
    }

    @Test
    void namesInvalidFile() throws Exception {
        Files.writeString(directory.resolve("shop.properties"), "seed=x");
        assertThatThrownBy(() -> ShopJournal.read(directory))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("shop.properties cannot be read");
    }
}
