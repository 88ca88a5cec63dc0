// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.settings;

import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Selects the lines of a settings file that messages may show: those of sections that hold no secret, unless the line
 * looks as if it did. It reads the bare text, because a file that is not YAML has secrets too.
 */
final class ShownLines implements IntPredicate {
    private static final Set<String> SECTIONS = Set.of(
            "application_id",
            "bootstrap_servers",
            "schemas",
            "segments",
            "zone",
            "currency",
            "topics",
            "processing",
            "limits",
            "http");
    private static final Pattern SECTION = Pattern.compile("['\"]?([A-Za-z_]+)['\"]?\\s*:");
    private static final Pattern SECRET =
            Pattern.compile("password|secret|salt|jaas|token|credential|private|key", Pattern.CASE_INSENSITIVE);

    private final BitSet shown = new BitSet();

    /** @param text the whole file */
    ShownLines(String text) {
        List<String> lines = text.lines().toList();
        boolean open = false;
        for (int index = 0; index < lines.size(); index++) {
            Matcher section = SECTION.matcher(lines.get(index));
            if (section.lookingAt()) {
                open = SECTIONS.contains(section.group(1));
            }
            shown.set(index + 1, open && !SECRET.matcher(lines.get(index)).find());
        }
    }

    /** @param line from 1 */
    @Override
    public boolean test(int line) {
        return shown.get(line);
    }
}
