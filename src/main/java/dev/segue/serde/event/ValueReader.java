// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.event;

import dev.segue.event.BadRecord;
import org.jspecify.annotations.Nullable;

/** Reads one value in the writer's form and returns it in the form of Segue's field; null if it is unset. */
@FunctionalInterface
interface ValueReader {
    @Nullable
    Object read(AvroBytes in) throws BadRecord;
}
