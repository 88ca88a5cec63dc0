// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import java.util.List;
import java.util.Map;

/** Stands for a carry in a customer's state, so that a change of it is noticed without keeping it. */
final class CarryHash {
    private long hash = 0xcbf29ce484222325L;

    private CarryHash() {}

    /** FNV-1a (Fowler, Noll, Vo; 64 bits) over a text that only equal carries have. */
    static long of(Map<String, Object> carried) {
        CarryHash hash = new CarryHash();
        hash.add(carried);
        return hash.hash;
    }

    /** Texts go in with their length: a comma inside one must not look like two of them. */
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
            add(text.length() + ":" + text);
        }
    }

    private void add(String text) {
        for (int index = 0; index < text.length(); index++) {
            hash = (hash ^ text.charAt(index)) * 0x100000001b3L;
        }
    }
}
