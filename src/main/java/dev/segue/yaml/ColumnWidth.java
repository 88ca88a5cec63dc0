// SPDX-License-Identifier: Apache-2.0
package dev.segue.yaml;

import java.util.Arrays;

/** Computes how many terminal columns characters take: 0 for marks, 2 for East Asian letters and pictographs. */
final class ColumnWidth {
    /** First and last code points of the wide ranges, from Unicode's East Asian Width. */
    private static final int[][] WIDE = {
        {0x1100, 0x115F},
        {0x2E80, 0x303E},
        {0x3041, 0xA4CF},
        {0xAC00, 0xD7A3},
        {0xF900, 0xFAFF},
        {0xFE30, 0xFE6F},
        {0xFF00, 0xFF60},
        {0xFFE0, 0xFFE6},
        {0x1F300, 0x1F64F},
        {0x1F680, 0x1F6FF},
        {0x1F900, 0x1FAFF},
        {0x20000, 0x3FFFD},
    };

    private ColumnWidth() {}

    static int of(int[] codePoints) {
        return Arrays.stream(codePoints).map(ColumnWidth::of).sum();
    }

    private static int of(int codePoint) {
        int type = Character.getType(codePoint);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        return Arrays.stream(WIDE).anyMatch(range -> range[0] <= codePoint && codePoint <= range[1]) ? 2 : 1;
    }
}
