// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.file;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares records with those of another reader of RFC 4180, on random texts of special characters. */
class CsvRecordsTest {
    private static final long SEED = 20261128;
    private static final String[] PARTS = {
        "a", "bc", ",", ",", "\"", "\"", "\"\"", "\n", "\r\n", "\r", " ", "\"x,y\"", ",\"z\n\""
    };

    @TempDir
    Path directory;

    @Test
    void agreesWithOtherReader() throws Exception {
        Random random = new Random(SEED);
        int compared = 0;
        for (int round = 0; round < 4_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int part = random.nextInt(14); part >= 0; part--) {
                text.append(PARTS[random.nextInt(PARTS.length)]);
            }
            List<List<String>> expected = others(text.toString());
            if (expected != null) {
                compared++;
                assertThat(records(text.toString()))
                        .as("seed %d, %s", SEED, text)
                        .isEqualTo(expected);
            }
        }
        assertThat(compared).isGreaterThan(1_000);
    }

    /** Null if the other reader does not accept the text as CSV. */
    private static List<List<String>> others(String text) throws Exception {
        List<List<String>> records = new ArrayList<>();
        try (var reader = CsvReader.builder()
                .allowUnclosedQuote(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(text)) {
            for (var record : reader) {
                if (!record.getFields().stream().allMatch(String::isBlank)) {
                    records.add(record.getFields());
                }
            }
            return records;
        } catch (CsvParseException malformed) {
            return null;
        }
    }

    private List<List<String>> records(String text) throws Exception {
        Path file = Files.writeString(directory.resolve("r.csv"), text);
        List<List<String>> all = new ArrayList<>();
        try (CsvRecords records =
                new CsvRecords(file, new CsvDialect(',', '"', CsvDialect.NONE, true), new Findings())) {
            for (CsvRecord record = records.next(); record != null; record = records.next()) {
                all.add(record.cells());
            }
        }
        return all;
    }
}
