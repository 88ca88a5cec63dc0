/**
 * Compiles all definitions together and evaluates them, one customer at a time. Plain Java: no Kafka, no Avro, no clock,
 * no input or output. {@link dev.segue.plan.Plan} is what others call, {@link dev.segue.plan.CustomerState} is what is
 * remembered of a customer, {@link dev.segue.plan.Effects} is what comes out.
 */
@NullMarked
package dev.segue.plan;

import org.jspecify.annotations.NullMarked;
