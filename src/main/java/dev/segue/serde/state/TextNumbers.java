// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.state;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Numbers texts in the order of their first use. Most parts hold few texts, for which a map would be expensive. */
final class TextNumbers {
    /** Instead of a number: the text is new. */
    static final int NEW = -1;

    private static final int FEW = 8;
    private static final String[] NONE = {};

    private String[] few = NONE;
    private int size;
    private @Nullable Map<String, Integer> many;

    /** Returns the number of a text, or {@link #NEW} after assigning it the next number. */
    int findOrAdd(String text) {
        if (many == null) {
            for (int number = 0; number < size; number++) {
                if (few[number].equals(text)) {
                    return number;
                }
            }
            if (size < FEW) {
                add(text);
                return NEW;
            }
            many = all();
        }
        Integer known = many.putIfAbsent(text, many.size());
        return known == null ? NEW : known;
    }

    private void add(String text) {
        if (size == few.length) {
            few = Arrays.copyOf(few, size == 0 ? 2 : 2 * size);
        }
        few[size++] = text;
    }

    private Map<String, Integer> all() {
        Map<String, Integer> numbers = new HashMap<>(4 * FEW);
        for (int number = 0; number < size; number++) {
            numbers.put(few[number], number);
        }
        return numbers;
    }
}
