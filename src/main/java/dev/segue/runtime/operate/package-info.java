// SPDX-License-Identifier: Apache-2.0
/**
 * Operator commands beside a running processor: publishing events, following changes, listing and redriving dead letters,
 * erasing customers, resetting, and backtests.
 */
@NullMarked
package dev.segue.runtime.operate;

import org.jspecify.annotations.NullMarked;
