// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.cli.text.UserError;
import dev.segue.runtime.operate.DeadLetters;
import dev.segue.runtime.operate.DeadLetters.Found;
import dev.segue.serde.event.JsonLines;
import dev.segue.topology.DeadLetter;
import dev.segue.value.CountText;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "dead-letters",
        mixinStandardHelpOptions = true,
        description = {
            "Lists rejected records as JSON lines, the newest first, and prints totals by reason to"
                    + " standard error."
        },
        footer = {"", "Example: segue dead-letters --config segue.yaml --reason unknown-schema --limit 5"})
final class DeadLettersCommand implements Callable<Integer> {
    private static final Comparator<Found> AGE = Comparator.comparing(Found::refusedAt)
            .thenComparing(Found::partition)
            .thenComparing(Found::offset);

    @Mixin
    private SettingsOption settings = new SettingsOption();

    @Mixin
    private LettersOption which = new LettersOption();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many to list at most; 0 prints only the totals. Default: ${DEFAULT-VALUE}.")
    private int limit = 20;

    @Option(names = "--payload", description = "Include key and payload, in Base64. They may contain personal data.")
    private boolean payload;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (limit < 0) {
            throw new UserError("--limit must be 0 or more, not " + limit + ".");
        }
        String reason = which.reason();
        Map<String, Sum> sums = new TreeMap<>();
        PriorityQueue<Found> newest = new PriorityQueue<>(AGE);
        try (DeadLetters letters = DeadLetters.open(settings.read(), which.since())) {
            letters.forEach(found -> {
                if (reason == null || reason.equals(found.letter().reason())) {
                    sums.merge(found.letter().reason(), Sum.of(found), Sum::plus);
                    newest.add(found);
                    if (newest.size() > limit) {
                        newest.poll();
                    }
                }
            });
            print(newest, sums, letters.strange());
        }
        return 0;
    }

    private void print(PriorityQueue<Found> newest, Map<String, Sum> sums, long strange) {
        PrintWriter out = spec.commandLine().getOut();
        List<Found> listed = newest.stream().sorted(AGE.reversed()).toList();
        listed.forEach(found -> out.println(line(found)));
        out.flush();
        PrintWriter err = spec.commandLine().getErr();
        if (sums.isEmpty()) {
            err.println("no dead letters");
        }
        sums.forEach((reason, sum) -> err.println(String.format(
                Locale.ROOT,
                "%-22s %6d %s %d of them sent back, %s to %s",
                reason,
                sum.letters(),
                sum.letters() == 1 ? "letter," : "letters,",
                sum.sentBack(),
                sum.oldest(),
                sum.newest())));
        if (strange > 0) {
            err.println(CountText.of(
                    strange,
                    "record in the topic is not a dead letter of Segue",
                    "records in the topic are not dead letters of Segue"));
        }
    }

    private String line(Found found) {
        DeadLetter letter = found.letter();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("refused_at", found.refusedAt());
        values.put("reason", letter.reason());
        values.put("detail", letter.detail());
        values.put("topic", letter.topic());
        if (letter.sender().isPresent()) {
            values.put("sender", letter.sender().get());
        } else {
            values.put("partition", (long) letter.partition());
            values.put("offset", letter.offset());
        }
        values.put("timestamp", Instant.ofEpochMilli(letter.timestamp()));
        letter.schemaId().ifPresent(id -> values.put("schema_id", (long) id));
        values.put("payload_bytes", letter.valueLength());
        values.put("cut", letter.isCut());
        values.put("sent_back", found.sentBack());
        values.put("letter", found.partition() + "," + found.offset());
        if (payload) {
            put(values, "key", letter.key());
            put(values, "payload", letter.value());
        }
        return JsonLines.write(values);
    }

    private static void put(Map<String, Object> values, String name, byte @Nullable [] bytes) {
        if (bytes != null) {
            values.put(name, new String(Base64.getEncoder().encode(bytes), StandardCharsets.US_ASCII));
        }
    }

    /** Totals of one reason. */
    private record Sum(long letters, long sentBack, Instant oldest, Instant newest) {
        static Sum of(Found found) {
            return new Sum(1, found.sentBack() ? 1 : 0, found.refusedAt(), found.refusedAt());
        }

        Sum plus(Sum other) {
            return new Sum(
                    letters + other.letters,
                    sentBack + other.sentBack,
                    oldest.isBefore(other.oldest) ? oldest : other.oldest,
                    newest.isAfter(other.newest) ? newest : other.newest);
        }
    }
}
