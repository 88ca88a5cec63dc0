// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition;

import dev.segue.definition.language.Expression.Literal;
import org.jspecify.annotations.Nullable;

/**
 * A definition's own constant.
 *
 * @param inFile the value that the definition's file has
 * @param inForce the value that holds, of the same type
 * @param overriddenAt where the value that holds was set from outside, such as {@code segue.yaml:12:31}; null where the
 *     file's holds
 */
public record Param(
        Literal inFile, Literal inForce, @Nullable String overriddenAt) {

    /** One of {@code duration}, {@code boolean}, {@code integer}, {@code number}, {@code text}. */
    public String kind() {
        return ParamText.kind(inFile);
    }

    boolean changed() {
        return !inFile.equals(inForce);
    }
}
