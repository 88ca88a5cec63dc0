// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition;

import java.nio.charset.StandardCharsets;

/**
 * The text of one file of definitions.
 *
 * @param file how messages call it, such as {@code segments/cart-abandoned.yaml}
 * @param text its whole content
 */
public record DefinitionText(String file, String text) {

    /** The text of a file's bytes. Bytes that are not UTF-8 become U+FFFD, which the reader refuses with its place. */
    public static DefinitionText decode(String file, byte[] bytes) {
        return new DefinitionText(file, new String(bytes, StandardCharsets.UTF_8));
    }
}
