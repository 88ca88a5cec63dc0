package dev.segue.topology;

import dev.segue.audience.Audience;
import dev.segue.plan.Plan;
import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.registry.SchemaRegistry;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * What the topology is built from, besides settings.
 *
 * @param clock what the conductor writes into ticks, and changes carry as {@code detected_at}
 * @param nanoTime a clock for spans, in nanoseconds from any origin
 * @param stopping whether the application is being stopped, so that nothing should be waited for any more
 */
public record Parts(
        Plan plan,
        EventSchemas schemas,
        SchemaRegistry registry,
        InstantSource clock,
        LongSupplier nanoTime,
        Counters counters,
        Audience audience,
        Placement placement,
        BooleanSupplier stopping) {}
