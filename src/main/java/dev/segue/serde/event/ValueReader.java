package dev.segue.serde.event;

import dev.segue.event.BadRecord;
import org.jspecify.annotations.Nullable;

/** Reads one value as its writer wrote it and gives it as our field wants it; null where it is unset. */
@FunctionalInterface
interface ValueReader {
    @Nullable
    Object read(AvroBytes in) throws BadRecord;
}
