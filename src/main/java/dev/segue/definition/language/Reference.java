// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.language;

import dev.segue.yaml.Problem;
import dev.segue.yaml.ScalarText;

/**
 * That one definition asks about another's segment.
 *
 * @param from the asking definition's name
 * @param to the segment asked about
 * @param text where it stands
 * @param index the character at which the name stands
 */
public record Reference(String from, String to, ScalarText text, int index) {
    public Problem problem(String message) {
        return text.problem(index, message);
    }
}
