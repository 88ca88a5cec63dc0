/**
 * From the text of segment definitions to checked definitions, or every problem at once with file, line and column.
 * Start at {@link dev.segue.definition.DefinitionReader}; what it yields is {@link
 * dev.segue.definition.Definition} with its typed {@link dev.segue.definition.Expression}s. CEL gives the syntax and
 * the types; nothing above this package sees it.
 */
@NullMarked
package dev.segue.definition;

import org.jspecify.annotations.NullMarked;
