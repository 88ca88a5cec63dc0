// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.event.Event;
import dev.segue.replay.file.ReadReport;
import dev.segue.replay.file.UnreadableFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Problems of a whole file or its format. */
class MappedFilesTest extends MappingScenario {
    @Test
    void namesUnknownAndMissingColumns() throws IOException {
        Path file = file("v.csv", "at,who,what,prise,extra,more\n");
        assertThatThrownBy(() -> events(VIEWS, file))
                .isInstanceOf(UnreadableFile.class)
                .hasMessageContaining("v.csv:1: unknown column 'prise'. Did you mean 'price'?")
                .hasMessageContaining("unknown column 'more'.")
                .hasMessageContaining("the column 'price' of the mapping is missing. Did you mean 'prise'?");
    }

    @Test
    void ignoresOtherColumnsIfConfigured() throws Exception {
        String mapping = VIEWS + "other_columns: ignore\n";
        assertThat(only(mapping, "v.csv", "more,at,who,what,price,extra\nx,9,ann,view,,\n")
                        .time())
                .isEqualTo(9);
    }

    @Test
    void reportsEmptyOrAbsentFileAndDirectory() throws IOException {
        Path empty = file("empty.csv", "");
        assertThatThrownBy(() -> events(VIEWS, empty)).hasMessageContaining("empty.csv is empty. Its first row must");
        assertThatThrownBy(() -> events(VIEWS, directory.resolve("none.csv")))
                .hasMessageStartingWith("There is no file ")
                .hasMessageEndingWith("none.csv.");
        assertThatThrownBy(() -> events(VIEWS, directory)).hasMessageContaining("is a directory");
    }

    @Test
    void replaysTruncatedGzipUpToBreak() throws Exception {
        StringBuilder text = new StringBuilder("at,who,what,price,extra\n");
        Random random = new Random(7);
        for (int row = 1; row <= 20_000; row++) {
            text.append(row)
                    .append(",ann,view,")
                    .append(random.nextInt(100_000))
                    .append(",\n");
        }
        byte[] whole = gzip(text.toString());
        Path file = directory.resolve("v.csv.gz");
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        List<Event> events = events(VIEWS, file);
        assertThat(events.size()).isBetween(8_000, 12_000);
        assertThat(events.get(events.size() - 1).time()).isEqualTo(events.size());
        ReadReport report = reports.get(0);
        assertThat(report.brokenOff())
                .contains("v.csv.gz breaks off after line")
                .contains("the file is cut off");
        assertThat(report.refusedRows()).isLessThanOrEqualTo(1);
        assertThat(report.rows()).isEqualTo(events.size() + report.refusedRows());
    }

    @Test
    void readsGzipWhateverItsName() throws Exception {
        Path file = directory.resolve("packed.csv");
        Files.write(file, gzip("at,who,what,price,extra\n4,ann,view,,\n"));
        assertThat(events(VIEWS, file)).extracting(Event::eventId).containsExactly("packed:2");
    }

    @Test
    void refusesRowsThatAreNotUtf8() throws Exception {
        Path file = directory.resolve("latin.csv");
        Files.write(
                file,
                "at,who,what,price,extra\n1,J\u00fcrgen,view,,\n2,ann,view,,\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(events(VIEWS, file)).extracting(Event::time).containsExactly(2L);
        assertThat(reports.get(0).refused().get(0).reason()).isEqualTo("not UTF-8");
    }

    private static byte[] gzip(String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
