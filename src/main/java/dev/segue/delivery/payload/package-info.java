// SPDX-License-Identifier: Apache-2.0
/**
 * What is sent of a decision: {@link dev.segue.delivery.payload.Payload}, a map, and {@link
 * dev.segue.delivery.payload.TextTemplate}, a text, both written with CEL over the variable {@code decision} ({@link
 * dev.segue.delivery.payload.DecisionCel}).
 */
@NullMarked
package dev.segue.delivery.payload;

import org.jspecify.annotations.NullMarked;
