// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.file;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Formats that are neither text nor gzip, known by their first bytes. */
final class OtherFormat {
    /** How many bytes of a file decide. */
    static final int BYTES = 4;

    private OtherFormat() {}

    /** What a file is and what to do with it, as a clause; null if its first bytes are none of these formats'. */
    static @Nullable String of(Path file, byte[] first) {
        String start = new String(first, StandardCharsets.ISO_8859_1);
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (start.equals("PK\u0003\u0004")) {
            return name.endsWith(".xlsx") || name.endsWith(".xlsm") ? workbook() : "a zip archive; unpack it first";
        }
        if (start.matches("BZh[1-9]")) {
            return "compressed with bzip2; decompress it first, or compress it with gzip";
        }
        return switch (start) {
            case "\u00d0\u00cf\u0011\u00e0" -> workbook();
            case "(\u00b5/\u00fd" -> "compressed with zstd; decompress it first, or compress it with gzip";
            case "\u00fd7zX" -> "compressed with xz; decompress it first, or compress it with gzip";
            case "7z\u00bc\u00af" -> "a 7z archive; unpack it first";
            case "PAR1" -> "a Parquet file; export it as CSV or JSON lines";
            default -> null;
        };
    }

    private static String workbook() {
        return "an Excel workbook; save the sheet as CSV";
    }
}
