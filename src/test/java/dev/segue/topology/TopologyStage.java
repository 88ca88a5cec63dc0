// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.config.LimitSettings;
import dev.segue.event.Change;
import dev.segue.event.Event;
import dev.segue.plan.Effects;
import dev.segue.plan.Failure;
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
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The real topology on the test driver: real bytes, the conductor's ticks, stores. */
public final class TopologyStage implements Stage {
    private static final EventSchemas SCHEMAS = readSchemas();

    private final boolean restarts;
    private final Path directory;
    private final TopologyScenario topology;
    private final List<Change> changes = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private long duplicates;

    /** @param restarts whether it restarts after every record */
    public TopologyStage(Plan plan, boolean restarts) throws Exception {
        this.restarts = restarts;
        this.directory = Files.createTempDirectory("topology-stage");
        this.topology =
                new TopologyScenario(directory, new DirectorySchemaRegistry(directory.resolve("registry")), SCHEMAS);
        topology.engine =
                new Overheard(new PlanEngine(plan, LimitSettings.defaults().stateBytes()));
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
        topology.engine =
                new Overheard(new PlanEngine(plan, LimitSettings.defaults().stateBytes()));
        topology.restart();
        topology.pause();
    }

    /** Collects the output before the driver is closed and loses it. */
    private void gather() throws Exception {
        changes.addAll(topology.readChanges());
        for (TestRecord<byte[], byte[]> letter : topology.deadLetters()) {
            byte[] reason = letter.headers().lastHeader(DeadLetter.REASON).value();
            refused.add(new String(reason, StandardCharsets.UTF_8));
        }
    }

    @Override
    public Told told() throws Exception {
        gather();
        Told told = new Told(List.copyOf(changes), List.copyOf(failures), duplicates, List.copyOf(refused));
        changes.clear();
        failures.clear();
        refused.clear();
        duplicates = 0;
        return told;
    }

    @Override
    public void close() throws IOException {
        topology.close();
        Trees.delete(directory);
    }

    /** An engine that reports failures and duplicates, because output records contain changes only. */
    private final class Overheard implements Engine {
        private final Engine engine;

        Overheard(Engine engine) {
            this.engine = engine;
        }

        @Override
        public Customer customer(String id, byte @Nullable [] stored) {
            Customer customer = engine.customer(id, stored);
            return new Customer() {
                @Override
                public Outcome apply(Event event, long tick, long detectedAt) {
                    return heard(customer.apply(event, tick, detectedAt));
                }

                @Override
                public Outcome advance(long to, long detectedAt) {
                    return heard(customer.advance(to, detectedAt));
                }

                @Override
                public long deadline() {
                    return customer.deadline();
                }
            };
        }

        @Override
        public long deadline(byte[] stored) {
            return engine.deadline(stored);
        }

        @Override
        public List<String> segments(byte[] stored) {
            return engine.segments(stored);
        }

        private Outcome heard(Outcome look) {
            failures.addAll(look.effects().failures());
            if (look.effects().outcome() == Effects.Outcome.DUPLICATE) {
                duplicates++;
            }
            return look;
        }
    }
}
