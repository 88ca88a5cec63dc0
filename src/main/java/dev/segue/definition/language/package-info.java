// SPDX-License-Identifier: Apache-2.0
/**
 * The segment language: typed {@link dev.segue.definition.language.Expression}s, the functions ({@link
 * dev.segue.definition.language.Reduction}) and streams that they may use, and the checker. CEL supplies syntax and types;
 * only this package uses it. Start at {@link dev.segue.definition.language.Language} and {@link
 * dev.segue.definition.language.ExpressionChecker}.
 */
@NullMarked
package dev.segue.definition.language;

import org.jspecify.annotations.NullMarked;
