// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import java.nio.charset.StandardCharsets;

/**
 * A change as contenders other than Segue write it: one short line without evidence and carry, which costs less than
 * Segue's record.
 *
 * @param effectiveAt milliseconds since the epoch
 * @param event whether an event caused it; otherwise time did
 */
public record ChangeText(String customer, String segment, String kind, long effectiveAt, boolean event) {
    private static final String SEPARATOR = "|";

    static ChangeText parse(String text) {
        String[] parts = text.split("\\|", -1);
        return new ChangeText(parts[0], parts[1], parts[2], Long.parseLong(parts[3]), Boolean.parseBoolean(parts[4]));
    }

    public byte[] bytes() {
        return String.join(SEPARATOR, customer, segment, kind, Long.toString(effectiveAt), Boolean.toString(event))
                .getBytes(StandardCharsets.UTF_8);
    }
}
