// SPDX-License-Identifier: Apache-2.0
/**
 * Reads the text of segment definitions into checked {@link dev.segue.definition.Definition}s, or reports every problem
 * at once with file, line and column. Start at {@link dev.segue.definition.DefinitionReader}.
 */
@NullMarked
package dev.segue.definition;

import org.jspecify.annotations.NullMarked;
