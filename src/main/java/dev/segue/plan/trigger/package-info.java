// SPDX-License-Identifier: Apache-2.0
/**
 * What is remembered of one customer for triggers: what waits to be sent, what was sent, and what is waited for after it. Begin
 * with {@link dev.segue.plan.trigger.Activations}.
 */
@NullMarked
package dev.segue.plan.trigger;

import org.jspecify.annotations.NullMarked;
