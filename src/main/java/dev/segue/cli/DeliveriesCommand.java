// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.cli.text.UserError;
import dev.segue.config.EndpointSettings;
import dev.segue.config.Settings;
import dev.segue.delivery.LetterDesk;
import dev.segue.delivery.LetterDesk.Found;
import dev.segue.delivery.LetterDesk.Shown;
import dev.segue.event.Nearest;
import dev.segue.serde.event.JsonLines;
import dev.segue.value.CountText;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "deliveries",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the letters of 'segue deliver' that wait for another attempt, and those that are parked, with the reason,"
                    + " newest first, as JSON lines, with totals on standard error.",
            "deliveries redrive [ENDPOINT] sends parked letters again; deliveries switch-on ENDPOINT lets an endpoint have"
                    + " letters again that has answered 410 Gone."
        },
        footer = {"", "Example: segue deliveries --config segue.yaml --endpoint crm"})
final class DeliveriesCommand implements Callable<Integer> {
    private static final Comparator<Shown> NEWEST =
            Comparator.comparing(Shown::at).reversed();

    @Mixin
    private SettingsOption settings = new SettingsOption();

    @Option(names = "--endpoint", paramLabel = "ENDPOINT", description = "Only letters to this endpoint.")
    private @Nullable String endpoint;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Number of letters listed, newest first. Default: ${DEFAULT-VALUE}.")
    private int limit = 20;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (limit < 0) {
            throw new UserError("--limit must be 0 or more, not " + limit + ".");
        }
        Found found = new LetterDesk(settings.read()).read(endpoint);
        PrintWriter out = spec.commandLine().getOut();
        found.letters().stream().sorted(NEWEST).limit(limit).forEach(letter -> out.println(line(letter)));
        out.flush();
        summarise(found);
        return 0;
    }

    private void summarise(Found found) {
        PrintWriter err = spec.commandLine().getErr();
        Map<String, Long> sums = new TreeMap<>();
        found.letters()
                .forEach(letter -> sums.merge(
                        letter.endpoint() + (letter.parked() ? " parked" : " waiting") + ": " + letter.reason(),
                        1L,
                        Long::sum));
        if (sums.isEmpty()) {
            err.println("no letters wait or are parked");
        }
        sums.forEach((what, count) -> err.println(CountText.of(count, "letter to", "letters to") + " " + what));
        found.switchedOff().forEach(name -> err.println(name + " is switched off; segue deliveries switch-on " + name));
    }

    private static String line(Shown letter) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("endpoint", letter.endpoint());
        values.put("id", letter.id());
        values.put("state", letter.parked() ? "parked" : "waiting");
        values.put("since", letter.at());
        values.put("reason", letter.reason());
        values.put("attempts", (long) letter.attempts());
        if (letter.nextAt() != null) {
            values.put("next_attempt_at", letter.nextAt());
        }
        if (letter.decision() != null) {
            values.put("customer_id", letter.decision().customerId());
            values.put("trigger", letter.decision().trigger());
            values.put("decision", letter.decision().kind().name());
            values.put("decided_at", letter.decision().decidedAt());
            if (letter.decision().expiresAt() != null) {
                values.put("expires_at", letter.decision().expiresAt());
            }
        }
        return JsonLines.write(values);
    }

    @Command(
            name = "redrive",
            mixinStandardHelpOptions = true,
            description = {
                "Sends the parked letters of an endpoint, or of all, again, with all their attempts. Those that have expired"
                        + " are dropped.",
                "The instances of 'segue deliver' do it within seconds, or at their next start."
            },
            footer = {"", "Example: segue deliveries redrive crm --config segue.yaml"})
    int redrive(
            @Mixin SettingsOption config,
            @Parameters(arity = "0..1", paramLabel = "ENDPOINT", description = "Default: all endpoints.") @Nullable
                    String only) {
        Settings read = config.read();
        List<String> names = only == null
                ? read.delivery().endpoints().stream()
                        .map(EndpointSettings::name)
                        .toList()
                : List.of(known(read, only));
        LetterDesk desk = new LetterDesk(read);
        Found found = desk.read(only);
        Set<String> off = found.switchedOff();
        if (only != null && off.contains(only)) {
            throw new UserError(only + " is switched off, because it answered 410 Gone. Once it takes letters again:"
                    + " segue deliveries switch-on " + only);
        }
        List<String> asked = names.stream().filter(name -> !off.contains(name)).toList();
        desk.redrive(asked);
        long parked = found.letters().stream()
                .filter(letter -> letter.parked() && asked.contains(letter.endpoint()))
                .count();
        spec.commandLine().getOut().println(CountText.of(parked, "letter is", "letters are") + " sent again");
        off.forEach(name -> spec.commandLine().getOut().println(name + " is switched off and gets none"));
        return 0;
    }

    @Command(
            name = "switch-on",
            mixinStandardHelpOptions = true,
            description =
                    "Lets an endpoint have letters again that has answered 410 Gone. What is parked stays parked.",
            footer = {"", "Example: segue deliveries switch-on crm --config segue.yaml"})
    int switchOn(
            @Mixin SettingsOption config,
            @Parameters(paramLabel = "ENDPOINT", description = "Name of the endpoint.") String name) {
        Settings read = config.read();
        new LetterDesk(read).switchOn(known(read, name));
        spec.commandLine()
                .getOut()
                .println(name + " is switched on. Its parked letters: segue deliveries redrive " + name);
        return 0;
    }

    private static String known(Settings settings, String name) {
        List<String> names = settings.delivery().endpoints().stream()
                .map(EndpointSettings::name)
                .toList();
        if (!names.contains(name)) {
            throw new UserError(
                    "There is no endpoint '" + name + "' under delivery.endpoints." + Nearest.hint(name, names));
        }
        return name;
    }
}
