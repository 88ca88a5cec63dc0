// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition;

import dev.segue.definition.language.Expression.Literal;
import org.jspecify.annotations.Nullable;

/**
 * A definition's own constant.
 *
 * @param inFile the value in the definition's file
 * @param inForce the effective value, of the same type
 * @param overriddenAt the place of the override, such as {@code segue.yaml:12:31}; null if the file's value is
 *     effective
 */
public record Param(
        Literal inFile, Literal inForce, @Nullable String overriddenAt) {

    /** Returns one of {@code duration}, {@code boolean}, {@code integer}, {@code number}, {@code text}. */
    public String kind() {
        return ParamText.kind(inFile);
    }

    boolean changed() {
        return !inFile.equals(inForce);
    }
}
