// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli.text;

import dev.segue.replay.file.ReadReport;
import dev.segue.value.CountText;
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
                        "%s: %s the text NULL or \\N, first in line %d (column '%s'); if that means no value,"
                                + " add nulls: ['NULL', '\\N'] to the mapping",
                        file, CountText.of(finding.count(), "cell is", "cells are"), first.number(), first.detail());
            case BLANK_BEFORE_QUOTE ->
                text(
                        "%s: %s a blank before an opening quote, first line %d; such a quote is an ordinary"
                                + " character. Remove the blanks after the separators",
                        file, CountText.of(finding.count(), "row has", "rows have"), first.number());
            case DROPPED_MEMBERS ->
                text(
                        "%s: %s properties beyond the limits of flatten(), which were dropped, first in line %d;"
                                + " docs/mappings.md lists the limits",
                        file, CountText.of(finding.count(), "row has", "rows have"), first.number());
            case AHEAD ->
                text(
                        "%s: %s more than a day later than this machine's clock, first in line %d (%s)",
                        file, CountText.of(finding.count(), "event is", "events are"), first.number(), first.detail());
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
