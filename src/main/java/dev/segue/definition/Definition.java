// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition;

import dev.segue.definition.language.Expression;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One checked definition.
 *
 * @param name unique over all definitions and the choices of all groups
 * @param describes one sentence for people; may be empty
 * @param version changes whenever the definition's text or a param's value in force does: the first 12 hexadecimal
 *     digits of their SHA-256
 * @param params the definition's constants, in the order written
 * @param rule what it decides
 * @param carry what is attached to ENTERED and UPDATED, in the order written
 * @param updateCarry whether a changed carry inside the segment is an UPDATED
 * @param references the segments that it asks about with in_segment
 * @param owner who answers for it; may be empty
 * @param tags free words
 */
public record Definition(
        String name,
        String describes,
        String version,
        Map<String, Param> params,
        DefinitionRule rule,
        Map<String, Expression> carry,
        boolean updateCarry,
        Set<String> references,
        String owner,
        List<String> tags) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");

    /** Whether a definition can be called so: a letter, then up to 63 letters, digits and hyphens, all small. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** Which kind of definition it is, as its first key says: {@code segment}, {@code group} or {@code trait}. */
    public String kind() {
        return rule instanceof DefinitionRule.Group
                ? "group"
                : rule instanceof DefinitionRule.Trait ? "trait" : "segment";
    }

    /** The segments that customers can be in by this definition. */
    public Set<String> segments() {
        return rule instanceof DefinitionRule.Group group ? group.choices().keySet() : Set.of(name);
    }
}
