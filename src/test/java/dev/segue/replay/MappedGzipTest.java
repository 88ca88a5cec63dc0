// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.Event;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Gzip files of several members, as appending to a gzip file or concatenating files makes them. */
class MappedGzipTest extends MappingScenario {
    private static final byte[] FIRST = gzip("at,who,what,price,extra\n1,ann,view,,\n");
    private static final byte[] SECOND = gzip("2,ann,view,,\n3,ann,view,,\n");

    @Test
    void readsAllMembersAndIgnoresZerosAfterTheLast() throws Exception {
        assertThat(times(FIRST, SECOND)).containsExactly(1L, 2L, 3L);
        assertThat(reports.get(0).brokenOff()).isNull();
        assertThat(times(FIRST, new byte[3], SECOND, new byte[600])).containsExactly(1L, 2L, 3L);
        assertThat(reports.get(0).brokenOff()).isNull();
    }

    @Test
    void reportsAMemberThatIsCutOffWhereverItIs() throws Exception {
        for (int length = 1; length < SECOND.length; length++) {
            assertThat(times(FIRST, Arrays.copyOf(SECOND, length))).startsWith(1L);
            // A single byte is not recognised as the start of a member.
            assertThat(reports.get(0).brokenOff())
                    .as("after %s bytes", length)
                    .contains(length == 1 ? "the packed content is damaged" : "the file is cut off");
        }
    }

    @Test
    void reportsAMemberWithADamagedByteWhereverItMatters() throws Exception {
        for (int place = 0; place < SECOND.length; place++) {
            if (place >= 4 && place < 10) {
                continue; // Time, level and operating system do not change the content.
            }
            byte[] damaged = SECOND.clone();
            damaged[place] ^= (byte) 0x55;
            assertThat(times(FIRST, damaged)).startsWith(1L);
            assertThat(reports.get(0).brokenOff()).as("byte %s", place).isNotNull();
        }
    }

    @Test
    void reportsTextAfterTheLastMember() throws Exception {
        assertThat(times(FIRST, "2,ann,view,,\n".getBytes(StandardCharsets.UTF_8)))
                .containsExactly(1L);
        assertThat(reports.get(0).brokenOff()).contains("breaks off").contains("the packed content is damaged");
    }

    private List<Long> times(byte[]... members) throws Exception {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] member : members) {
            whole.write(member);
        }
        Path file = Files.write(directory.resolve("v.csv.gz"), whole.toByteArray());
        return events(VIEWS, file).stream().map(Event::time).toList();
    }

    private static byte[] gzip(String content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content.getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return bytes.toByteArray();
    }
}
