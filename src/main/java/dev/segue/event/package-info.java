// SPDX-License-Identifier: Apache-2.0
/**
 * The vocabulary of the domain as immutable values: events, their fields and segment changes. All other packages build
 * on these types; this package depends on neither Kafka, Avro, CEL nor a clock. Read {@link dev.segue.event.Event},
 * {@link dev.segue.event.Vocabulary} and {@link dev.segue.event.Change} first.
 */
@NullMarked
package dev.segue.event;

import org.jspecify.annotations.NullMarked;
