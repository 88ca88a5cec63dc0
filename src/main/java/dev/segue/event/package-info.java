/**
 * The words of the field as immutable values: what an event is, what its fields are, and what a segment change says.
 * Everything above this package speaks in these words and nothing here knows Kafka, Avro, CEL or a clock. Read {@link
 * dev.segue.event.Event}, {@link dev.segue.event.Vocabulary} and {@link dev.segue.event.Change} first.
 */
@NullMarked
package dev.segue.event;

import org.jspecify.annotations.NullMarked;
