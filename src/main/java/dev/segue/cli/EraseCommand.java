// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.cli.text.UserError;
import dev.segue.config.Settings;
import dev.segue.event.BadRecord;
import dev.segue.event.Origin;
import dev.segue.event.Shown;
import dev.segue.runtime.operate.Erasure;
import dev.segue.serde.event.InvalidSchemas;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "erase",
        mixinStandardHelpOptions = true,
        description = {
            "Requests the erasure of a customer: every membership ends with cause ERASURE, state, profile and"
                    + " memberships are removed, and late events are dropped.",
            "With --origin, only what profile_updated events of that origin stated up to now is removed; the customer stays,"
                    + " and memberships follow.",
            "An id without a published profile is reported, and erased all the same.",
            "docs/operations.md lists the data that stays in the topics, and for how long."
        },
        footer = {"", "Example: segue erase ann --config segue.yaml --reason request"})
final class EraseCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ID", description = "The customer's id, which is the key of their events.")
    private String customer = "";

    @Mixin
    private SettingsOption options = new SettingsOption();

    @Option(
            names = "--origin",
            paramLabel = "ORIGIN",
            description = "Erase only profile data of this origin: stated, observed, partner or bought.")
    private @Nullable String origin;

    @Option(names = "--reason", paramLabel = "TEXT", description = "The reason, such as request or retention.")
    private @Nullable String reason;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Settings settings = options.read();
        Optional<Boolean> known;
        try {
            Erasure.Requested requested = Erasure.request(
                    settings, customer, origin(), reason, Clock.systemUTC().instant());
            known = requested.known();
            spec.commandLine()
                    .getOut()
                    .println("requested the erasure " + (origin == null ? "" : "of '" + origin + "' data ") + "in "
                            + (requested.partitions() == 1
                                    ? "the only partition"
                                    : "all " + requested.partitions() + " partitions"));
        } catch (BadRecord | InvalidSchemas wrong) {
            throw new UserError(String.valueOf(wrong.getMessage()));
        }
        if (!known.equals(Optional.of(true))) {
            String profiles = settings.topics().names().profiles();
            spec.commandLine().getErr().println(known.isPresent() ? unknown(profiles) : unread(profiles));
        }
        if (origin == null && settings.erasure().salt().isBlank()) {
            spec.commandLine()
                    .getErr()
                    .println("erasure.salt is not set, so anyone who knows the id can recognize the stored hash; set it"
                            + " before the next erasure.");
        }
        return 0;
    }

    private @Nullable Origin origin() {
        return origin == null
                ? null
                : Origin.of(origin)
                        .orElseThrow(() -> new UserError("--origin: '" + origin + "' is not an origin."
                                + Shown.didYouMean(String.valueOf(origin), Origin.WORDS)));
    }

    private static String unread(String profiles) {
        return profiles + " cannot be read, so it was not checked whether the customer exists.";
    }

    private String unknown(String profiles) {
        return "Customer '" + customer + "' was not found: " + profiles
                + " has no such id. Either it goes on under another id of the same person, who is then erased as a"
                + " whole, or no change of it was ever published, or it was erased before. If the id is misspelt, erase"
                + " the right one"
                + (origin == null ? "; this erasure remains in force and drops the id's late events." : ".");
    }
}
