// SPDX-License-Identifier: Apache-2.0
package dev.segue.bench;

import dev.segue.definition.DefinitionReader;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.event.Event;
import dev.segue.event.Vocabulary;
import dev.segue.plan.Effects;
import dev.segue.plan.Plan;
import dev.segue.plan.state.CustomerState;
import dev.segue.replay.EventFiles;
import dev.segue.replay.EventReader;
import dev.segue.replay.file.UnreadableFile;
import dev.segue.replay.mapping.InvalidMapping;
import dev.segue.replay.mapping.MappingReader;
import dev.segue.runtime.settings.InvalidSettings;
import dev.segue.runtime.settings.SegmentFiles;
import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.event.InvalidSchemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One event of a real trace under the shipped segments; after the last event, all customers start again. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
// The collector that the launcher uses for replay.
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class TraceBenchmark {
    @Param({"uci-online-retail:uci-online-retail", "rees46-multicategory-1h:rees46"})
    String trace;

    private Plan plan;
    private final List<Event> events = new ArrayList<>();
    private final Map<String, CustomerState> customers = new HashMap<>();
    private int next;

    @Setup
    public void read()
            throws IOException, InvalidDefinitions, InvalidSettings, InvalidSchemas, InvalidMapping, UnreadableFile {
        Vocabulary vocabulary = EventSchemas.read(Path.of("schemas/events")).vocabulary();
        plan = Plan.compile(
                new DefinitionReader(vocabulary).read(SegmentFiles.read(List.of(Path.of("segments")))), vocabulary);
        Path data = Path.of(System.getenv().getOrDefault("SEGUE_SHARED", "../shared"), "data");
        String file = trace.substring(0, trace.indexOf(':'));
        Path mapping = Path.of("mappings", trace.substring(file.length() + 1) + ".yaml");
        try (EventReader reader = EventFiles.open(
                List.of(data.resolve(file + ".csv.gz")),
                new MappingReader(vocabulary).read(mapping.toString(), Files.readString(mapping)),
                vocabulary)) {
            for (Event event = reader.next(); event != null; event = reader.next()) {
                events.add(event);
            }
        }
    }

    @Benchmark
    public Effects apply() {
        if (next == events.size()) {
            next = 0;
            customers.clear();
        }
        Event event = events.get(next++);
        CustomerState state = customers.computeIfAbsent(event.customerId(), CustomerState::new);
        return plan.apply(state, event, Long.MIN_VALUE, event.time());
    }
}
