// SPDX-License-Identifier: Apache-2.0
/**
 * Delivers decisions of triggers to services outside, at least once and in order for each customer. Start at {@link
 * dev.segue.delivery.Delivery}; {@link dev.segue.delivery.EndpointSession} decides what becomes of a letter, which is a
 * decision on its way to one endpoint, and {@link dev.segue.delivery.LetterTopic} is where letters wait.
 */
@NullMarked
package dev.segue.delivery;

import org.jspecify.annotations.NullMarked;
