// SPDX-License-Identifier: Apache-2.0
/**
 * Converts segment changes, memberships, customer profiles and control messages from and to Avro and JSON lines. Start
 * at {@link dev.segue.serde.output.ChangeCodec}.
 */
@NullMarked
package dev.segue.serde.output;

import org.jspecify.annotations.NullMarked;
