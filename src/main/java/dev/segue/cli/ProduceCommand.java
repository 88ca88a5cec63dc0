package dev.segue.cli;

import dev.segue.event.Event;
import dev.segue.replay.EventReader;
import dev.segue.runtime.EventPublisher;
import dev.segue.serde.EventEncoder;
import dev.segue.serde.EventSchemas;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "produce",
        mixinStandardHelpOptions = true,
        description = "Puts files of events into Kafka, each with its own time as the record's timestamp.",
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
            names = "--speed",
            paramLabel = "N|max",
            defaultValue = "max",
            description = "How many times faster than it happened: 1 keeps the time between events. Default: max.")
    private String speed = "max";

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Pace pace = Pace.parse(speed);
        EventSchemas schemas = vocabulary.schemas();
        PrintWriter err = spec.commandLine().getErr();
        try (EventReader reader = events.open(schemas.vocabulary());
                EventPublisher publisher =
                        EventPublisher.open(kafka.settings(), topic, new EventEncoder(schemas, registry.open()))) {
            long start = System.nanoTime();
            for (Event event = reader.next();
                    event != null && publisher.firstFailure() == null;
                    event = reader.next()) {
                pace.await(event.time());
                publisher.send(event);
            }
            publisher.flush();
            double seconds = Math.max(1, System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
            err.printf(
                    Locale.ROOT,
                    "%,d events to %s in %.2f s: %,.0f events/s%n",
                    publisher.delivered(),
                    topic,
                    seconds,
                    publisher.delivered() / seconds);
            ReadReports reports = new ReadReports(reader.reports());
            reports.print(err);
            requireDelivered(publisher);
            return reports.conclude();
        }
    }

    private static void requireDelivered(EventPublisher publisher) {
        Exception failure = publisher.firstFailure();
        if (failure != null) {
            throw new NotDelivered(publisher.failed() + " events were not delivered and the rest was not sent: "
                    + failure.getMessage());
        }
    }

    /** The broker did not take everything. */
    static final class NotDelivered extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotDelivered(String message) {
            super(message);
        }
    }
}
