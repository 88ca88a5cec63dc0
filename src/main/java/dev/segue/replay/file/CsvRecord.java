// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.file;

import java.util.List;

/**
 * One record of a CSV file.
 *
 * @param line the line on which it starts, from 1
 * @param lines the number of its lines; more than one if a cell contains line ends
 */
record CsvRecord(List<String> cells, long line, long lines) {
    boolean isBlank() {
        for (String cell : cells) {
            if (!cell.isBlank()) {
                return false;
            }
        }
        return true;
    }
}
