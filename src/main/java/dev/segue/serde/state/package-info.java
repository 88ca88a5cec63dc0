// SPDX-License-Identifier: Apache-2.0
/**
 * Encodes a customer's state as bytes, for the store and its changelog. Start at {@link
 * dev.segue.serde.state.StateCodec}.
 */
@NullMarked
package dev.segue.serde.state;

import org.jspecify.annotations.NullMarked;
