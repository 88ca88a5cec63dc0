// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.audience.Audience;
import dev.segue.definition.PublishedSets;
import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.registry.SchemaRegistry;
import dev.segue.statistics.SegmentShift;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Dependencies of the topology besides settings.
 *
 * @param plans compiles published sets
 * @param published the sets known to this instance, which change while it runs
 * @param clock written into ticks by the conductor, and into changes as {@code detected_at}
 * @param nanoTime a clock for durations, in nanoseconds from any origin
 * @param shifted receives each segment that grows or shrinks by half within a day
 * @param past the retained events, which new and changed definitions read
 * @param background runs one task at a time, beside the stream threads
 * @param stopping true while the application is being stopped, so that waiting must end
 */
public record Parts(
        Plans plans,
        Supplier<PublishedSets> published,
        EventSchemas schemas,
        SchemaRegistry registry,
        InstantSource clock,
        LongSupplier nanoTime,
        Counters counters,
        Audience audience,
        Placement placement,
        Consumer<SegmentShift> shifted,
        PastLog past,
        Executor background,
        BooleanSupplier stopping) {}
