package dev.segue.replay.file;

import java.util.List;

/**
 * One record of a CSV file.
 *
 * @param line where it starts, from 1
 * @param lines how many lines it takes; more than one where a cell has line ends in it
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
