package dev.segue.definition;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One checked definition of a segment.
 *
 * @param name unique over all definitions
 * @param describes one sentence for people; may be empty
 * @param version changes whenever the definition's text does: the first 12 hexadecimal digits of its SHA-256
 * @param when the customer enters when this holds (and {@code until} does not)
 * @param until the customer leaves when this holds; null: when {@code when} does not
 * @param carry what is attached to ENTERED and UPDATED, in the order written
 * @param updateCarry whether a changed carry inside the segment is an UPDATED
 * @param owner who answers for it; may be empty
 * @param tags free words
 */
public record Definition(
        String name,
        String describes,
        String version,
        Expression when,
        @Nullable Expression until,
        Map<String, Expression> carry,
        boolean updateCarry,
        String owner,
        List<String> tags) {}
