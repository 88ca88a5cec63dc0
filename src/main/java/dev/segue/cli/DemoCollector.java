// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.collector.Collector;
import dev.segue.config.CollectorSettings;
import dev.segue.config.Settings;
import dev.segue.config.WriteKey;
import dev.segue.demo.Companion;
import dev.segue.runtime.cluster.CannotStart;
import dev.segue.serde.event.InvalidSchemas;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The collector of the demo, with a key of its own, on a free port. */
final class DemoCollector implements Companion {
    private static final Path MAPPING = Path.of("mappings", "segment.yaml");

    @Override
    public Running start(Settings processor, InstantSource clock, PrintWriter out) {
        String key = "demo-" + UUID.randomUUID();
        CollectorSettings settings = CollectorSettings.defaults()
                .withPort(0)
                .withMapping(InstalledFiles.find(MAPPING.toString(), "collector.mapping"))
                .withKeys(List.of(new WriteKey("demo", key, "observed", Set.of(), WriteKey.USUAL_RATE)));
        try {
            Collector collector = Collector.open(processor.withCollector(settings), clock, new SimpleMeterRegistry());
            out.println("Trackers of Segment and RudderStack can send to " + collector.address()
                    + " with the write key " + key + ", for example:");
            out.println(
                    "  curl -u " + key + ": " + collector.address() + "/v1/track -d '{\"userId\": \"ann\", \"event\":"
                            + " \"Product Viewed\", \"properties\": {\"product_id\": \"tent\"}}'");
            out.flush();
            return collector::close;
        } catch (InvalidSchemas invalid) {
            throw new CannotStart(String.valueOf(invalid.getMessage()), invalid);
        }
    }
}
