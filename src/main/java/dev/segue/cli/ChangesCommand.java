// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.cli.text.UserError;
import dev.segue.event.Change;
import dev.segue.runtime.operate.TopicFeed;
import dev.segue.serde.output.ChangeCodec;
import dev.segue.serde.output.ChangeJson;
import dev.segue.value.CountText;
import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "changes",
        mixinStandardHelpOptions = true,
        description = "Prints segment changes from Kafka as JSON lines: existing changes or, with --follow, new ones.",
        footer = {
            "",
            "Example: segue changes --follow --bootstrap-servers localhost:9092 --registry http://localhost:8081"
                    + " --segment cart-abandoned"
        })
final class ChangesCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofMillis(500);

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private RegistryOptions registry = new RegistryOptions();

    @Option(
            names = "--topic",
            paramLabel = "NAME",
            defaultValue = "segment-changes",
            description = "Default: ${DEFAULT-VALUE}.")
    private String topic = "";

    @Option(
            names = "--follow",
            description = "Run until stopped. Starts with new changes, unless --since or --from-beginning is given.")
    private boolean follow;

    @Option(names = "--from-beginning", description = "Start with the oldest retained change.")
    private boolean fromBeginning;

    @Option(
            names = "--since",
            paramLabel = "INSTANT",
            description = "Start with changes written at this instant or later, such as 2025-11-01T12:00:00Z.")
    private @Nullable String since;

    @Option(names = "--segment", paramLabel = "NAME", description = "Only changes of this segment.")
    private @Nullable String segment;

    @Option(names = "--customer", paramLabel = "ID", description = "Only changes of this customer.")
    private @Nullable String customer;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Instant start = start();
        ChangeCodec codec = new ChangeCodec(registry.open(), topic);
        try (TopicFeed<Change> feed = TopicFeed.open(kafka.settings(), topic, codec::decode)) {
            if (start != null) {
                feed.since(start);
            } else if (follow && !fromBeginning) {
                feed.fromNow();
            } else {
                feed.fromBeginning();
            }
            print(feed);
            if (feed.foreign() > 0) {
                spec.commandLine()
                        .getErr()
                        .println("Skipped "
                                + CountText.of(
                                        feed.foreign(),
                                        "record that is not a segment change, at ",
                                        "records that are not segment changes; the first is at ")
                                + feed.firstForeign());
            }
        }
        return 0;
    }

    private @Nullable Instant start() {
        if (since != null && fromBeginning) {
            throw new UserError("--since and --from-beginning contradict each other; use only one of them.");
        }
        try {
            return since == null ? null : Instant.parse(since);
        } catch (DateTimeException unreadable) {
            throw new UserError("--since: '" + since + "' is not a timestamp like 2025-11-01T12:00:00Z.");
        }
    }

    private void print(TopicFeed<Change> feed) {
        PrintWriter out = spec.commandLine().getOut();
        while ((follow || !feed.atEnd()) && !out.checkError()) {
            for (Change change : feed.poll(PATIENCE)) {
                if (wanted(change)) {
                    out.println(ChangeJson.write(change));
                }
            }
            out.flush();
        }
    }

    private boolean wanted(Change change) {
        return (segment == null || segment.equals(change.segment()))
                && (customer == null || customer.equals(change.customerId()));
    }
}
