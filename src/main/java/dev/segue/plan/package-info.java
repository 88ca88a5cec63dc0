// SPDX-License-Identifier: Apache-2.0
/**
 * Compiles all definitions together and evaluates them, one customer at a time. Plain Java: no Kafka, no Avro, no clock,
 * no input or output. Callers use {@link dev.segue.plan.Plan}, which updates a {@link
 * dev.segue.plan.state.CustomerState} and returns {@link dev.segue.plan.Effects}.
 */
@NullMarked
package dev.segue.plan;

import org.jspecify.annotations.NullMarked;
