// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition;

import java.nio.charset.StandardCharsets;

/**
 * The text of one file of definitions.
 *
 * @param file the file's name in messages, such as {@code segments/cart-abandoned.yaml}
 * @param text its complete content
 */
public record DefinitionText(String file, String text) {

    /** Decodes a file's bytes. Bytes that are not UTF-8 become U+FFFD, which the reader rejects with its place. */
    public static DefinitionText decode(String file, byte[] bytes) {
        return new DefinitionText(file, new String(bytes, StandardCharsets.UTF_8));
    }
}
