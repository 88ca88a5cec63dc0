// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.cli.text.UserError;
import dev.segue.config.Settings;
import dev.segue.delivery.Delivery;
import dev.segue.delivery.DryRun;
import dev.segue.runtime.Monitoring;
import dev.segue.runtime.settings.Collecting;
import dev.segue.runtime.settings.InvalidSettings;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "deliver",
        mixinStandardHelpOptions = true,
        description = {
            "Delivers what triggers decided to send to services outside: signed webhooks and e-mail, until SIGTERM or Ctrl-C.",
            "The endpoints are the section 'delivery' of the settings."
        },
        footer = {"", "Example: segue deliver --config segue.yaml"})
final class DeliverCommand implements Callable<Integer> {
    @Mixin
    private ServiceOptions service = new ServiceOptions();

    @Option(
            names = "--dry-run",
            description = "Send nothing; print each letter that would be sent as a JSON line, with its signature.")
    private boolean dryRun;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Settings settings = service.settings(Collecting.NEVER);
        PrintWriter out = spec.commandLine().getOut();
        try {
            if (dryRun) {
                int shown = DryRun.run(settings, Clock.systemUTC(), out::println);
                spec.commandLine().getErr().println(shown + " would be sent");
                return 0;
            }
            run(settings);
            return 0;
        } catch (InvalidSettings invalid) {
            throw new UserError(String.valueOf(invalid.getMessage()));
        }
    }

    private void run(Settings settings) throws InvalidSettings, InterruptedException {
        try (Monitoring monitoring = new Monitoring(settings);
                Delivery delivery = open(settings, monitoring)) {
            service.printHealth(monitoring.openBeside(delivery.checks()));
            PrintWriter out = spec.commandLine().getOut();
            settings.delivery()
                    .endpoints()
                    .forEach(endpoint -> out.println("delivering to " + endpoint.name() + " at "
                            + endpoint.target().place()));
            delivery.awaitClosed();
        }
    }

    /** A signal closes it. */
    private static Delivery open(Settings settings, Monitoring monitoring) throws InvalidSettings {
        Delivery delivery = Delivery.open(settings, Clock.systemUTC(), monitoring.meters());
        ServiceOptions.onSignal(() -> {
            delivery.close();
            return true;
        });
        return delivery;
    }
}
