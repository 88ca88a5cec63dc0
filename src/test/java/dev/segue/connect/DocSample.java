// SPDX-License-Identifier: Apache-2.0
package dev.segue.connect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program in docs/connect.md, as a reader would copy it. */
final class DocSample {
    private static final Path PAGE = Path.of("docs", "connect.md");

    private DocSample() {}

    /**
     * Writes the first program below a heading to a file.
     *
     * @param addresses replaces what the page has for servers of its own; each must occur
     */
    static Path write(String heading, Map<String, String> addresses, Path file) throws IOException {
        String text = under(heading);
        for (var address : addresses.entrySet()) {
            if (!text.contains(address.getKey())) {
                throw new IllegalArgumentException(heading + " does not mention " + address.getKey());
            }
            text = text.replace(address.getKey(), address.getValue());
        }
        return Files.writeString(file, text);
    }

    static String under(String heading) throws IOException {
        Matcher block = Pattern.compile("(?ms)^#+ " + Pattern.quote(heading) + "\n(?:(?!^#+ ).)*?^```[a-z]+\n(.*?)^```")
                .matcher(Files.readString(PAGE));
        if (!block.find()) {
            throw new IllegalArgumentException(PAGE + " has no program under '" + heading + "'");
        }
        return block.group(1);
    }
}
