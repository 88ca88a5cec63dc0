// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.file;

import java.util.ArrayList;
import java.util.List;

/** The cells of one record with quotes or escapes, collected line by line. */
final class CsvCells {
    private static final int SHOWN = 40;

    private final CsvDialect dialect;
    private final List<String> cells = new ArrayList<>();
    private final StringBuilder cell = new StringBuilder();
    private State state = State.START;
    /** The text is {@code \N} so far, which means NULL if nothing follows. */
    private boolean isNull;

    private boolean escapesLineEnd;
    private boolean blankBeforeQuote;
    private long line = 1;
    private long cellLine = 1;

    private enum State {
        /** At the start of a cell. */
        START,
        /** In a cell without quotes. */
        PLAIN,
        /** In a quoted cell. */
        QUOTED,
        /** After the closing quote of a cell. */
        CLOSED
    }

    CsvCells(CsvDialect dialect) {
        this.dialect = dialect;
    }

    /** @throws RefusedRow if text follows a closing quote */
    void add(String text) throws RefusedRow {
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            if (character == dialect.escape()) {
                index++;
                escaped(text, index);
            } else if (state == State.QUOTED) {
                index += quoted(text, index);
            } else if (character == dialect.separator()) {
                endCell();
            } else if (state == State.START && character == dialect.quote()) {
                state = State.QUOTED;
                cellLine = line;
            } else if (state == State.CLOSED) {
                throw new RefusedRow("text after a closing quote", shown(text, index));
            } else {
                blankBeforeQuote |=
                        character == dialect.quote() && cell.toString().isBlank();
                state = State.PLAIN;
                cell.append(character);
            }
        }
    }

    /** @return the number of further characters consumed */
    private int quoted(String text, int index) {
        char character = text.charAt(index);
        if (character != dialect.quote()) {
            cell.append(character);
            return 0;
        }
        if (index + 1 < text.length() && text.charAt(index + 1) == character) {
            cell.append(character);
            return 1;
        }
        state = State.CLOSED;
        return 0;
    }

    private void escaped(String text, int index) throws RefusedRow {
        if (state == State.CLOSED) {
            throw new RefusedRow("text after a closing quote", shown(text, index - 1));
        }
        if (state == State.START) {
            state = State.PLAIN;
            cellLine = line;
        }
        if (index == text.length()) {
            escapesLineEnd = true;
            return;
        }
        char character = text.charAt(index);
        isNull = character == 'N' && cell.isEmpty() && state == State.PLAIN;
        cell.append(
                switch (character) {
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    case 't' -> '\t';
                    default -> character;
                });
    }

    private String shown(String text, int index) {
        String rest = text.substring(Math.max(0, index - 1));
        boolean backslash = index >= 2 && text.charAt(index - 2) == '\\' && dialect.escape() == CsvDialect.NONE;
        return "from " + (rest.length() <= SHOWN ? rest : rest.substring(0, SHOWN) + "...")
                + (backslash ? "; the quote follows a backslash: set escape: '\\'" : "");
    }

    private void endCell() {
        cells.add(isNull && cell.length() == 1 ? CsvDialect.NULL : cell.toString());
        cell.setLength(0);
        isNull = false;
        state = State.START;
    }

    /** Returns true if the record continues on the next line. */
    boolean open() {
        return state == State.QUOTED || escapesLineEnd;
    }

    /** Returns true if a quote followed a blank at the start of a cell, and so opened nothing. */
    boolean hasBlankBeforeQuote() {
        return blankBeforeQuote;
    }

    String openReason() {
        return state == State.QUOTED ? "a quote that is not closed" : "an escaped line end without an end";
    }

    /** The line of the file, from 1, on which the open cell began. */
    long openSinceLine() {
        return cellLine;
    }

    int openLength() {
        return cell.length();
    }

    void addLineEnd(String end) {
        cell.append(end);
        escapesLineEnd = false;
        line++;
    }

    List<String> finish() {
        endCell();
        return cells;
    }
}
