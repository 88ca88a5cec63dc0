// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.TreeMap;

/** Computes versions of definitions: the first 12 hexadecimal digits of a SHA-256. */
final class DefinitionVersion {
    private DefinitionVersion() {}

    /** An override that equals the file's own value changes no result, so the version stays the same. */
    static String of(String document, Params params) {
        StringBuilder text = new StringBuilder(document);
        new TreeMap<>(params.all()).forEach((name, param) -> {
            if (param.changed()) {
                text.append('\0')
                        .append(name)
                        .append('=')
                        .append(param.inForce().text());
            }
        });
        return of(text.toString());
    }

    /** The version of a definition that means something else when another one changes. */
    static String of(String version, String other) {
        return of(version + '\0' + other);
    }

    private static String of(String text) {
        byte[] hash = Hashing.sha256().hashString(text, StandardCharsets.UTF_8).asBytes();
        return HexFormat.of().formatHex(hash, 0, 6);
    }
}
