// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.language;

import dev.segue.yaml.Problem;
import dev.segue.yaml.ScalarText;

/**
 * A use of in_segment: one definition reads another's segment.
 *
 * @param from the name of the definition that contains the reference
 * @param to the segment that it reads
 * @param text the expression that contains it
 * @param index the index of the segment's name in the text
 */
public record Reference(String from, String to, ScalarText text, int index) {
    public Problem problem(String message) {
        return text.problem(index, message);
    }
}
