// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli.text;

import dev.segue.replay.file.ReadReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Sentences on values that were read as they are written, but probably mean something else. */
public final class FindingText {
    private FindingText() {}

    public static String of(String file, ReadReport.Finding finding) {
        ReadReport.Line first = finding.first();
        return switch (finding.kind()) {
            case NULL_TEXT ->
                text(
                        "%s: %,d cells are the text NULL or \\N, first in line %d (column '%s'); if that means no value,"
                                + " add nulls: ['NULL', '\\N'] to the mapping",
                        file, finding.count(), first.number(), first.detail());
            case BLANK_BEFORE_QUOTE ->
                text(
                        "%s: %,d rows have a blank before an opening quote, first line %d; such a quote is an ordinary"
                                + " character. Remove the blanks after the separators",
                        file, finding.count(), first.number());
            case DROPPED_MEMBERS ->
                text(
                        "%s: %,d rows have properties beyond the limits of flatten(), which were dropped, first in line %d;"
                                + " docs/mappings.md lists the limits",
                        file, finding.count(), first.number());
            case AHEAD ->
                text(
                        "%s: %,d events are more than a day later than this machine's clock, first in line %d (%s)",
                        file, finding.count(), first.number(), first.detail());
        };
    }

    /** Sentences on columns that the mapping reads and no row of any file has. */
    public static List<String> absent(List<ReadReport> files) {
        List<ReadReport> filled = files.stream().filter(file -> file.rows() > 0).toList();
        if (filled.isEmpty()) {
            return List.of();
        }
        List<String> absent = new ArrayList<>(filled.get(0).absent());
        filled.forEach(file -> absent.retainAll(file.absent()));
        long rows = filled.stream().mapToLong(ReadReport::rows).sum();
        return absent.stream()
                .map(column -> text("column '%s' occurred in none of %,d rows", column, rows))
                .toList();
    }

    private static String text(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
