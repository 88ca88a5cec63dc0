// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {
    private static final int HISTORY = 3;
    private static final int EVENTS = 5;

    @TempDir
    private Path directory;

    @Test
    void holdsHistoryAndEventsAfterIt() throws Exception {
        EventFile file = written();
        assertThat(file.check(EVENTS - HISTORY)).isEqualTo(new EventFile.Content(EVENTS, HISTORY));
        List<String> read = new ArrayList<>();
        file.read(4, (customer, event) -> read.add(text(customer) + " " + text(event)));
        assertThat(read).containsExactly("ann bought 0", "ann bought 1", "ann bought 2", "ann bought 3");
    }

    @Test
    void isUnusableBeforeItIsWritten() {
        assertUnusable(file("seed 1"), "does not exist yet");
    }

    @Test
    void isUnusableWithOneEventTooFew() throws Exception {
        EventFile file = written();
        assertThatThrownBy(() -> file.check(EVENTS - HISTORY + 1))
                .isInstanceOf(EventFile.Unusable.class)
                .hasMessageEndingWith("has only 2 of 3 events after the history");
    }

    @Test
    void isUnusableForOtherHeader() throws Exception {
        EventFile unused = written();
        assertUnusable(file("seed 2"), "was made with other code, schemas or parameters");
    }

    @Test
    void isUnusableWithAnyByteChangedOrCutOff() throws Exception {
        EventFile file = written();
        byte[] whole = Files.readAllBytes(file.path());
        // The first bytes of the compression's own header carry a time and flags that it does not check.
        for (int position = 10; position < whole.length; position++) {
            byte[] damaged = whole.clone();
            damaged[position] ^= 0x55;
            Files.write(file.path(), damaged);
            assertThatThrownBy(() -> file.check(1)).as("byte %d", position).isInstanceOf(EventFile.Unusable.class);
            Files.write(file.path(), Arrays.copyOf(whole, position));
            assertUnusable(file, "is damaged: ");
        }
    }

    @Test
    void keepsTheFileIfWritingFails() throws Exception {
        EventFile file = written();
        assertThatThrownBy(() -> file.write(writer -> {
                    throw new IOException("interrupted");
                }))
                .hasMessage("interrupted");
        assertThat(file.check(1).events()).isEqualTo(EVENTS);
        assertThat(directory).isDirectoryContaining(found -> found.equals(file.path()));
        assertThat(directory.toFile().list()).hasSize(1);
    }

    private EventFile written() throws IOException {
        EventFile file = file("seed 1");
        EventFile.Content unused = file.write(writer -> {
            for (int number = 0; number < EVENTS; number++) {
                writer.write(bytes("ann"), bytes("bought " + number));
            }
            return HISTORY;
        });
        return file;
    }

    private EventFile file(String header) {
        return new EventFile(directory.resolve("shop.events.gz"), header);
    }

    private static void assertUnusable(EventFile file, String why) {
        assertThatThrownBy(() -> file.check(1))
                .isInstanceOf(EventFile.Unusable.class)
                .hasMessageContaining(file.path().toString())
                .hasMessageContaining(why);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
