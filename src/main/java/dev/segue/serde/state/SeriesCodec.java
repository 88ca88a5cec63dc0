// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.state;

import dev.segue.plan.state.Column;
import dev.segue.plan.state.Series;
import java.util.Arrays;

/**
 * Encodes a series: its times, latest first, each as the difference to the later one; then each column as runs of equal
 * values. A run begins with its value or, if that occurred before, with the value's number; its length is left out if
 * only one element is left.
 */
final class SeriesCodec {
    /** A series with one column needs no id for it. */
    private static final int ONLY = 0;

    private static final int CLIPPED = 1;
    private static final int WEIGHTS = 2;
    private static final int FLAGS = 2;

    private SeriesCodec() {}

    /** @param base a known time; most times are near it */
    static void write(StateWriter out, Series series, long base) {
        boolean merged = isMerged(series);
        out.unsigned((long) series.size() << FLAGS | (series.clipped() ? CLIPPED : 0) | (merged ? WEIGHTS : 0));
        long later = base;
        for (int index = series.size() - 1; index >= 0; index--) {
            out.signed(later - series.time(index));
            later = series.time(index);
        }
        for (int index = 0; merged && index < series.size(); index++) {
            out.unsigned(series.weight(index));
        }
        boolean only = series.columns() == 1 && series.id(0) == ONLY;
        out.unsigned(only ? 1 : series.columns() * 2L);
        for (int column = 0; column < series.columns(); column++) {
            if (!only) {
                out.fixedInt(series.id(column));
            }
            write(out, series.column(column), series.size());
        }
    }

    private static boolean isMerged(Series series) {
        return series.isCoarse(0, series.size());
    }

    private static void write(StateWriter out, Column column, int size) {
        int[] numbers = new int[column.codes()];
        Arrays.fill(numbers, Column.NONE);
        int known = 0;
        int start = 0;
        for (int run = 0; run < column.runs(); run++) {
            int code = column.code(run);
            if (code == Column.NONE) {
                out.value(null);
            } else if (numbers[code] == Column.NONE) {
                numbers[code] = known++;
                out.value(column.valueOf(code));
            } else {
                out.unsigned((long) ValueTag.KNOWN + numbers[code]);
            }
            if (size - start > 1) {
                out.unsigned(column.end(run) - start);
            }
            start = column.end(run);
        }
    }

    static Series read(StateReader in, long base) {
        long coded = in.unsigned();
        int size = in.checked(coded >>> FLAGS);
        // Leaves room for one more element: an aggregate is usually read in order to add one.
        long[] times = new long[size + 1];
        long later = base;
        for (int index = size - 1; index >= 0; index--) {
            later -= in.signed();
            times[index] = later;
        }
        long[] weights = null;
        if ((coded & WEIGHTS) != 0) {
            weights = new long[size];
            for (int index = 0; index < size; index++) {
                weights[index] = in.unsigned();
            }
        }
        long columns = in.unsigned();
        boolean only = columns == 1;
        int[] ids = new int[only ? 1 : in.checked(columns >>> 1)];
        Column[] all = new Column[ids.length];
        for (int column = 0; column < ids.length; column++) {
            ids[column] = only ? ONLY : in.fixedInt();
            all[column] = readColumn(in, size);
        }
        return new Series(times, size, weights, ids, all, (coded & CLIPPED) != 0);
    }

    private static Column readColumn(StateReader in, int size) {
        Column column = new Column();
        int start = 0;
        while (start < size) {
            long tag = in.unsigned();
            int code;
            if (tag >= ValueTag.KNOWN) {
                code = (int) Math.min(tag - ValueTag.KNOWN, Integer.MAX_VALUE);
            } else {
                Object value = in.value((int) tag);
                code = value == null ? Column.NONE : column.addValue(value);
            }
            long length = size - start > 1 ? in.unsigned() : 1;
            if (length < 1 || length > size - start) {
                throw new CorruptState("a run of " + length + " with " + (size - start) + " elements left");
            }
            column.appendRun(code, (int) length);
            start += (int) length;
        }
        return column;
    }
}
