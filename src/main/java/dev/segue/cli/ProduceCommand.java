// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.cli.text.ReadReports;
import dev.segue.cli.text.UserError;
import dev.segue.config.Partitioner;
import dev.segue.event.Event;
import dev.segue.replay.EventReader;
import dev.segue.replay.SortWithin;
import dev.segue.runtime.operate.EventPublisher;
import dev.segue.runtime.operate.Pace;
import dev.segue.serde.event.Acceptance;
import dev.segue.serde.event.EventEncoder;
import dev.segue.serde.event.EventSchemas;
import dev.segue.value.CountText;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "produce",
        mixinStandardHelpOptions = true,
        description = "Sends files of events to Kafka, each event with its own time as the record's timestamp.",
        footer = {
            "",
            "Example: segue produce --events trace.csv.gz --mapping mappings/rees46.yaml"
                    + " --bootstrap-servers localhost:9092 --registry http://localhost:8081 --speed 60"
        })
final class ProduceCommand implements Callable<Integer> {
    @Mixin
    private EventsOptions events = new EventsOptions();

    @Mixin
    private VocabularyOption vocabulary = new VocabularyOption();

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private RegistryOptions registry = new RegistryOptions();

    @Option(
            names = "--topic",
            paramLabel = "NAME",
            defaultValue = "behavior-events",
            description = "Default: ${DEFAULT-VALUE}.")
    private String topic = "";

    @Option(
            names = "--partitioner",
            paramLabel = "NAME",
            defaultValue = "murmur2",
            description = "How a customer's partition is computed: murmur2 or crc32, as in topics.partitioner of the"
                    + " processor's settings. Default: ${DEFAULT-VALUE}.")
    private String partitioner = "";

    @Option(
            names = "--speed",
            paramLabel = "N|max",
            defaultValue = "max",
            description = "How many times faster than real time: 1 keeps the time between events. Default: max.")
    private String speed = "max";

    @Option(
            names = "--settings",
            paramLabel = "FILE",
            description = "Settings of the processor, such as segue.yaml: events that its limits would reject"
                    + " (refused_ids, earliest) are not sent. Default: the usual limits.")
    private @Nullable Path settings;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Pace pace = pace();
        EventSchemas schemas = vocabulary.schemas();
        PrintWriter err = spec.commandLine().getErr();
        try (EventReader reader = events.open(schemas.vocabulary(), acceptance(), SortWithin.NOTHING);
                EventPublisher publisher = EventPublisher.open(
                        kafka.settings(), topic, new EventEncoder(schemas, registry.open()), partitioner())) {
            long start = System.nanoTime();
            long kept = publisher
                    .keeps()
                    .map(age -> System.currentTimeMillis() - age.toMillis())
                    .orElse(Long.MIN_VALUE);
            long tooOld = 0;
            for (Event event = reader.next();
                    event != null && publisher.firstFailure() == null;
                    event = reader.next()) {
                pace.await(event.time());
                publisher.send(event);
                if (event.time() < kept && tooOld++ == 0) {
                    warnOfAge(publisher, event, err);
                }
            }
            publisher.flush();
            double seconds = Math.max(1, System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
            err.printf(
                    Locale.ROOT,
                    "%s to %s in %.2f s: %,.0f events/s%n",
                    CountText.of(publisher.delivered(), "event"),
                    topic,
                    seconds,
                    publisher.delivered() / seconds);
            if (tooOld > 0) {
                err.println(CountText.of(tooOld, "event is", "events are") + " older than the topic's retention");
            }
            ReadReports reports = new ReadReports(reader.reports());
            reports.print(err);
            requireDelivered(publisher);
            return reports.conclude();
        }
    }

    private Acceptance acceptance() {
        return settings == null
                ? Acceptance.usual()
                : new Acceptance(SettingsFile.read(settings).limits());
    }

    private Partitioner partitioner() {
        return Arrays.stream(Partitioner.values())
                .filter(known -> known != Partitioner.REROUTE && known.label().equals(partitioner))
                .findFirst()
                .orElseThrow(() -> new UserError("--partitioner: '" + partitioner + "' is neither murmur2 nor crc32."));
    }

    /**
     * Warns at the first old event, so that there is time to mend it: brokers look for old records every few minutes.
     */
    private void warnOfAge(EventPublisher publisher, Event event, PrintWriter err) {
        err.println("The event of " + Instant.ofEpochMilli(event.time()) + " is older than the "
                + publisher.keeps().orElseThrow().toHours() + " hours for which topic " + topic
                + " keeps events by their own time: the broker may delete it before it is processed. Mend it:"
                + " kafka-configs.sh --alter --topic " + topic + " --add-config retention.ms=-1.");
        err.flush();
    }

    private static void requireDelivered(EventPublisher publisher) {
        Exception failure = publisher.firstFailure();
        if (failure != null) {
            throw new NotDelivered(CountText.of(publisher.failed(), "event was", "events were")
                    + " not delivered and the rest was not sent: " + failure.getMessage());
        }
    }

    /** The broker did not accept all events. */
    static final class NotDelivered extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotDelivered(String message) {
            super(message);
        }
    }

    private Pace pace() {
        try {
            return Pace.parse(speed);
        } catch (IllegalArgumentException wrong) {
            throw new UserError("--speed must be " + wrong.getMessage());
        }
    }
}
