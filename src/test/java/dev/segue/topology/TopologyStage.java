// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.event.Change;
import dev.segue.event.Event;
import dev.segue.event.TriggerDecision;
import dev.segue.plan.Plan;
import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import dev.segue.story.SmallShopSchemas;
import dev.segue.story.Stage;
import dev.segue.story.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;

/** The real topology on the test driver: real bytes, the conductor's ticks, stores. */
public final class TopologyStage implements Stage {
    private static final EventSchemas SCHEMAS = readSchemas();

    private final boolean restarts;
    private final Path directory;
    private final TopologyScenario topology;
    private final List<Change> changes = new ArrayList<>();
    private final List<TriggerDecision> decisions = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private Counts before;

    /** @param restarts whether it restarts after every record */
    public TopologyStage(Plan plan, boolean restarts) throws Exception {
        this.restarts = restarts;
        this.directory = Files.createTempDirectory("topology-stage");
        this.topology =
                new TopologyScenario(directory, new DirectorySchemaRegistry(directory.resolve("registry")), SCHEMAS);
        topology.define(plan);
        before = topology.counters.read();
    }

    private static EventSchemas readSchemas() {
        try {
            return SmallShopSchemas.read();
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    @Override
    public void event(Event event, Instant received, Instant clock) throws Exception {
        topology.clockIs(clock);
        topology.event(event, received);
        if (restarts) {
            restart();
        }
    }

    @Override
    public void timeIs(Instant instant) throws Exception {
        topology.timeIs(instant);
        if (restarts) {
            restart();
        }
    }

    @Override
    public void restart() throws Exception {
        gather();
        topology.restart();
    }

    @Override
    public void becomes(Plan plan) throws Exception {
        gather();
        topology.define(plan);
        topology.restart();
        topology.pause();
    }

    /** Collects the output before the driver is closed and loses it. */
    private void gather() throws Exception {
        changes.addAll(topology.readChanges());
        decisions.addAll(topology.readDecisions());
        for (TestRecord<byte[], byte[]> letter : topology.deadLetters()) {
            byte[] reason = letter.headers().lastHeader(DeadLetter.REASON).value();
            refused.add(new String(reason, StandardCharsets.UTF_8));
        }
    }

    @Override
    public Told told() throws Exception {
        gather();
        Counts now = topology.counters.read();
        long duplicates = now.duplicates() - before.duplicates();
        Told told =
                new Told(List.copyOf(changes), List.copyOf(decisions), failures(now), duplicates, List.copyOf(refused));
        changes.clear();
        decisions.clear();
        refused.clear();
        before = now;
        return told;
    }

    private List<String> failures(Counts now) {
        List<String> failures = new ArrayList<>();
        now.failures().forEach((definition, number) -> {
            long more = number - before.failures().getOrDefault(definition, 0L);
            failures.addAll(Collections.nCopies((int) more, definition));
        });
        return failures;
    }

    @Override
    public void close() throws IOException {
        topology.close();
        Trees.delete(directory);
    }
}
