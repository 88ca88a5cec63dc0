// SPDX-License-Identifier: Apache-2.0
/**
 * Converts events from and to Avro in Confluent's wire format, JSON lines and loosely typed values. Start at {@link
 * dev.segue.serde.event.EventSchemas} and {@link dev.segue.serde.event.EventDecoder}.
 */
@NullMarked
package dev.segue.serde.event;

import org.jspecify.annotations.NullMarked;
