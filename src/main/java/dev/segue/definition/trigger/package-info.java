// SPDX-License-Identifier: Apache-2.0
/**
 * What a trigger and its channel say about when a customer may be written to. Begin with {@link
 * dev.segue.definition.trigger.Sending}, which a channel and each of its triggers have, and {@link
 * dev.segue.definition.trigger.Cap}.
 */
@NullMarked
package dev.segue.definition.trigger;

import org.jspecify.annotations.NullMarked;
