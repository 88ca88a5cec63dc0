// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import java.util.List;
import java.util.Map;

/** Hashes a carry. A customer's state stores the hash to detect changes without storing the carry. */
final class CarryHash {
    private long hash = 0xcbf29ce484222325L;

    private CarryHash() {}

    /** Computes FNV-1a (Fowler, Noll, Vo; 64 bits) over a text that differs for different carries. */
    static long of(Map<String, Object> carried) {
        CarryHash hash = new CarryHash();
        hash.add(carried);
        return hash.hash;
    }

    /** Each text is prefixed with its length, so that no other list of texts has the same encoding. */
    private void add(Object value) {
        if (value instanceof Map<?, ?> map) {
            add("{" + map.size());
            map.forEach((key, part) -> {
                add((Object) key);
                add(part);
            });
        } else if (value instanceof List<?> list) {
            add("[" + list.size());
            list.forEach(this::add);
        } else {
            String text = value.toString();
            // The text "0" is another value than the number 0.
            add(text.length() + (value instanceof String ? "\"" : ":") + text);
        }
    }

    private void add(String text) {
        for (int index = 0; index < text.length(); index++) {
            hash = (hash ^ text.charAt(index)) * 0x100000001b3L;
        }
    }
}
