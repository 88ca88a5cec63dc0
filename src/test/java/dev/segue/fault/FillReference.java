// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import dev.segue.config.Settings;
import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionReader;
import dev.segue.definition.DefinitionText;
import dev.segue.event.Change;
import dev.segue.event.Event;
import dev.segue.oracle.ReferenceAnswers;
import dev.segue.oracle.ReferenceAnswers.Answer;
import dev.segue.plan.Plan;
import dev.segue.plan.state.CustomerState;
import dev.segue.serde.event.EventDecoder;
import dev.segue.serde.output.ChangeCodec;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The answers of an engine, and of the oracle, that had certain definitions since the first event. */
final class FillReference {
    private final List<Event> events = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private final FaultStage stage;
    private final List<String> texts;
    private final ChangeCodec codec;
    private final Plan plan;
    private final Map<String, CustomerState> customers = new HashMap<>();
    private Instant end = Instant.EPOCH;

    /** Applies all events that the log contains. */
    FillReference(FaultStage stage, List<String> texts) throws Exception {
        this.stage = stage;
        this.texts = texts;
        Settings settings = stage.settings();
        DirectorySchemaRegistry registry = new DirectorySchemaRegistry(settings.registryDirectory());
        codec = new ChangeCodec(registry, settings.topics().names().changes());
        List<Definition> definitions = new DefinitionReader(stage.schemas().vocabulary()).read(files(texts));
        plan = Plan.compile(definitions, stage.schemas().vocabulary());
        EventDecoder decoder = new EventDecoder(stage.schemas(), registry);
        for (ConsumerRecord<byte[], byte[]> record : CommittedRecords.read(
                stage.bootstrapServers(), settings.topics().names().behaviorEvents())) {
            Event event = decoder.decode(new String(record.key(), StandardCharsets.UTF_8), record.value());
            events.add(event);
            CustomerState state = customers.computeIfAbsent(event.customerId(), CustomerState::new);
            keep(plan.apply(state, event, Long.MIN_VALUE, event.time()).changes());
        }
    }

    /** Definitions as if each came from a file of its own. */
    static List<DefinitionText> files(List<String> texts) {
        List<DefinitionText> files = new ArrayList<>();
        texts.forEach(text -> files.add(new DefinitionText("definition" + files.size() + ".yaml", text)));
        return files;
    }

    /** Advances every customer to an instant. */
    void timeIs(Instant instant) throws Exception {
        end = instant;
        for (CustomerState state : customers.values()) {
            keep(plan.advance(state, instant.toEpochMilli(), instant.toEpochMilli())
                    .changes());
        }
    }

    /** As they are read from a topic. */
    private void keep(List<Change> more) throws Exception {
        for (Change change : more) {
            changes.add(codec.decode(codec.encode(change)));
        }
    }

    int events() {
        return events.size();
    }

    /** The engine's changes; those of one customer in order. */
    List<Change> changes() {
        return changes;
    }

    /** The oracle's changes; those of one customer in order. */
    List<Answer> answers() {
        ReferenceAnswers oracle = new ReferenceAnswers(stage.schemas().vocabulary(), texts);
        events.forEach(oracle::event);
        oracle.timeIs(end);
        return oracle.answers();
    }
}
