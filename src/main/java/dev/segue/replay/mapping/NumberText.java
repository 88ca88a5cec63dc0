// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.mapping;

import dev.segue.replay.file.RefusedRow;
import java.math.BigDecimal;
import java.util.Map;

/** How numbers are written in texts. */
enum NumberText {
    POINT,
    COMMA,
    EITHER;

    /** The words of the key {@code decimal}. */
    static final Map<String, NumberText> LABELS = Map.of(".", POINT, ",", COMMA, "either", EITHER);

    /**
     * The number of a text that is not blank.
     *
     * @param field its name in messages
     * @throws RefusedRow if the text is not such a number, or is ambiguous
     */
    BigDecimal read(String text, String field) throws RefusedRow {
        return switch (this) {
            case COMMA -> DecimalComma.read(text, field);
            case EITHER -> PriceText.read(text, field);
            case POINT -> FieldSource.Value.number(text, field);
        };
    }
}
