// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector.message;

import dev.segue.config.LimitSettings;
import dev.segue.serde.event.EventSchemas;
import java.nio.file.Path;
import java.time.Instant;

/** The shipped mapping, read once for all tests. */
public final class SegmentMapper {
    public static final EventSchemas SCHEMAS;
    public static final MessageMapper MAPPER;

    static {
        try {
            SCHEMAS = EventSchemas.read(Path.of("schemas", "events"));
            MAPPER = MessageMapper.read(
                    Path.of("mappings", "segment.yaml"), SCHEMAS.vocabulary(), LimitSettings.defaults());
        } catch (Exception problem) {
            throw new ExceptionInInitializerError(problem);
        }
    }

    private SegmentMapper() {}

    static Envelope envelope() {
        return new Envelope("web", "observed", Instant.parse("2026-03-01T12:00:00Z"), null, "m", "", false);
    }
}
