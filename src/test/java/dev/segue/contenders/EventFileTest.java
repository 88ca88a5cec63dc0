// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.contenders.EventFile.Content;
import dev.segue.contenders.EventFile.Encoded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {
    @TempDir
    private Path directory;

    @Test
    void holdsHistoryAndEventsInOrder() throws Exception {
        Content read = written().read().orElseThrow();
        assertThat(read.history()).isEqualTo(1);
        assertThat(read.events().stream().map(event -> event.customer() + " " + Arrays.toString(event.value())))
                .containsExactly("ann [1, 2]", "bob []");
        assertThat(directory.toFile().list()).hasSize(1);
    }

    @Test
    void isUnusedBeforeItIsWrittenAndWithOtherKey() throws Exception {
        assertThat(file("seed 1").read()).isEmpty();
        EventFile unused = written();
        assertThat(file("seed 2").read()).isEmpty();
    }

    @Test
    void isUnusedWhereverItIsCutOff() throws Exception {
        EventFile file = written();
        byte[] whole = Files.readAllBytes(file.path());
        // The compression's checksum, in the last eight bytes, is not read.
        for (int length = 0; length < whole.length - 8; length++) {
            Files.write(file.path(), Arrays.copyOf(whole, length));
            assertThat(file.read()).as("%d bytes", length).isEmpty();
        }
    }

    private EventFile written() throws IOException {
        EventFile file = file("seed 1");
        file.write(new Content(1, List.of(new Encoded("ann", new byte[] {1, 2}), new Encoded("bob", new byte[0]))));
        return file;
    }

    private EventFile file(String key) {
        return new EventFile(directory.resolve("shop.events.gz"), key);
    }
}
