// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.state;

import dev.segue.plan.state.Column;
import dev.segue.plan.state.Series;
import java.util.Arrays;

/**
 * Encodes a series: its times, latest first, each as the difference to the later one; then each column as runs of equal
 * values. A run begins with one number for its length, if it is short, and its value's tag or, if the value occurred
 * before, the value's number.
 */
final class SeriesCodec {
    /** A series with one column needs no id for it. */
    private static final int ONLY = 0;

    private static final int CLIPPED = 1;
    private static final int WEIGHTS = 2;
    private static final int FLAGS = 2;
    /** Shorter runs have their length in their first number. */
    private static final int LENGTHS = 4;

    private SeriesCodec() {}

    /** @param base a known time; most times are near it */
    static void write(StateWriter out, Series series, long base) {
        boolean merged = isMerged(series);
        out.unsigned((long) series.size() << FLAGS | (series.clipped() ? CLIPPED : 0) | (merged ? WEIGHTS : 0));
        for (int index = series.size() - 1; index >= 0; index--) {
            if (index == series.size() - 1) {
                out.signed(base - series.time(index));
            } else {
                out.unsigned(series.time(index + 1) - series.time(index));
            }
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
            write(out, series.column(column));
        }
    }

    private static boolean isMerged(Series series) {
        return series.isCoarse(0, series.size());
    }

    private static void write(StateWriter out, Column column) {
        int[] numbers = new int[column.codes()];
        Arrays.fill(numbers, Column.NONE);
        int known = 0;
        int start = 0;
        for (int run = 0; run < column.runs(); run++) {
            int code = column.code(run);
            int length = column.end(run) - start;
            Object value = code == Column.NONE ? null : column.valueOf(code);
            boolean isNew = code == Column.NONE || numbers[code] == Column.NONE;
            int tag = isNew ? StateWriter.tag(value) : ValueTag.KNOWN + numbers[code];
            out.unsigned((long) tag * LENGTHS + Math.min(length, LENGTHS) - 1);
            if (length >= LENGTHS) {
                out.unsigned(length - LENGTHS);
            }
            if (isNew) {
                out.content(tag, value);
            }
            if (isNew && code != Column.NONE) {
                numbers[code] = known++;
            }
            start = column.end(run);
        }
    }

    static Series read(StateReader in, long base) {
        long coded = in.unsigned();
        int size = in.checked(coded >>> FLAGS);
        // Leaves room for one more element: an aggregate is usually read in order to add one.
        long[] times = new long[size + 1];
        for (int index = size - 1; index >= 0; index--) {
            times[index] = index == size - 1 ? base - in.signed() : times[index + 1] - in.unsigned();
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
            long coded = in.unsigned();
            long tag = coded / LENGTHS;
            long length = coded % LENGTHS + 1;
            if (length == LENGTHS) {
                length += in.unsigned();
            }
            if (length < 1 || length > size - start) {
                throw new CorruptState("a run of " + length + " with " + (size - start) + " elements left");
            }
            column.appendRun(readCode(in, tag, column), (int) length);
            start += (int) length;
        }
        return column;
    }

    private static int readCode(StateReader in, long tag, Column column) {
        if (tag >= ValueTag.KNOWN) {
            return (int) Math.min(tag - ValueTag.KNOWN, Integer.MAX_VALUE);
        }
        Object value = in.content((int) tag);
        return value == null ? Column.NONE : column.addValue(value);
    }
}
