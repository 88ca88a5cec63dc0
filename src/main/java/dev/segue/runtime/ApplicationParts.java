// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime;

import dev.segue.audience.Audience;
import dev.segue.config.Settings;
import dev.segue.definition.CheckedDefinitions;
import dev.segue.definition.DefinitionReader;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.plan.PlanOptions;
import dev.segue.runtime.cluster.Candidate;
import dev.segue.runtime.cluster.DefinitionTopic;
import dev.segue.runtime.cluster.DefinitionWatch;
import dev.segue.runtime.cluster.PastEvents;
import dev.segue.runtime.cluster.Registries;
import dev.segue.runtime.cluster.RestoreProgress;
import dev.segue.runtime.settings.InvalidSettings;
import dev.segue.runtime.settings.SegmentFiles;
import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.event.InvalidSchemas;
import dev.segue.serde.registry.SchemaRegistry;
import dev.segue.topology.Counters;
import dev.segue.topology.Parts;
import dev.segue.topology.Placement;
import dev.segue.topology.Plans;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of an application, read and assembled before it connects to anything.
 *
 * @param parts of the topology
 * @param closed becomes true when the application is to stop
 */
record ApplicationParts(
        EvaluatedDefinitions definitions, Parts parts, AtomicBoolean closed, RestoreProgress restoring) {
    private static final Logger LOG = LoggerFactory.getLogger(ApplicationParts.class);

    /** Reads schemas and definitions; see {@link Application#load(Settings, InstantSource, MeterRegistry)}. */
    static ApplicationParts load(Settings settings, InstantSource clock, MeterRegistry meters)
            throws InvalidSettings, InvalidSchemas, InvalidDefinitions, IOException {
        EventSchemas schemas = EventSchemas.read(settings.schemas().resolve("events"));
        CheckedDefinitions checked = new DefinitionReader(schemas.vocabulary())
                .check(
                        SegmentFiles.read(settings.segments().directories()),
                        settings.segments().overrides());
        DefinitionWarnings.log(checked, schemas.vocabulary(), PlanOptions.of(settings));
        SchemaRegistry registry = Registries.of(settings);
        AtomicBoolean closed = new AtomicBoolean();
        Placement placement = new Placement(meters, settings.topics().partitioner(), System::nanoTime, LOG::warn);
        Plans plans = new Plans(schemas.vocabulary(), settings.limits().refusedIds());
        DefinitionWatch published = new DefinitionWatch(new DefinitionTopic(settings, registry), plans, clock);
        gauges(published, meters);
        Counters counters = new Counters(meters, clock);
        EvaluatedWidths widths = new EvaluatedWidths(
                settings.segments().width(), checked.definitions(), published, plans, counters.progress());
        Audience audience = new Audience(meters, widths, DefinitionWarnings::log);
        Parts parts = new Parts(
                plans,
                published::sets,
                schemas,
                registry,
                clock,
                System::nanoTime,
                counters,
                audience,
                placement,
                shift -> {
                    counters.shifted(shift);
                    DefinitionWarnings.log(shift);
                },
                new PastEvents(settings),
                PastEvents.background(),
                closed::get);
        EvaluatedDefinitions definitions =
                new EvaluatedDefinitions(settings, Candidate.of(settings, checked), published, plans, registry, clock);
        return new ApplicationParts(definitions, parts, closed, new RestoreProgress(meters));
    }

    private static void gauges(DefinitionWatch published, MeterRegistry meters) {
        Gauge.builder("segue.definitions.revision", published, DefinitionWatch::revision)
                .description("revision of the published definitions that this instance evaluates")
                .register(meters);
        Gauge.builder("segue.definitions.refused", published, watch -> watch.refusal() == null ? 0 : 1)
                .description("1 if the latest published definitions cannot be evaluated, otherwise 0")
                .register(meters);
    }
}
