package dev.segue.definition;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One checked definition.
 *
 * @param name unique over all definitions and the choices of all groups
 * @param describes one sentence for people; may be empty
 * @param version changes whenever the definition's text does: the first 12 hexadecimal digits of its SHA-256
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
        Rule rule,
        Map<String, Expression> carry,
        boolean updateCarry,
        Set<String> references,
        String owner,
        List<String> tags) {

    /** The segments that customers can be in by this definition. */
    public Set<String> segments() {
        return rule instanceof Rule.Group group ? group.choices().keySet() : Set.of(name);
    }
}
