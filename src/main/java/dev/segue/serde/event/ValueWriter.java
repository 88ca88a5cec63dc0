// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.event;

import java.io.IOException;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/** Writes one value of a field as its schema requires; null is an unset value. */
@FunctionalInterface
interface ValueWriter {
    void write(@Nullable Object value, Encoder out) throws IOException;
}
