// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.config.Settings;
import dev.segue.console.Console;
import dev.segue.runtime.settings.Collecting;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "console",
        mixinStandardHelpOptions = true,
        description = {
            "Serves a web page with the segments, their members and their changes, until SIGTERM or Ctrl-C.",
            "The port and the login are the section 'console' of the settings."
        },
        footer = {"", "Example: segue console --config segue.yaml"})
final class ConsoleCommand implements Callable<Integer> {
    @Mixin
    private ServiceOptions service = new ServiceOptions();

    @Override
    public Integer call() throws InterruptedException {
        Settings settings = service.settings(Collecting.NEVER);
        try (Console console = service.openConsole(settings)) {
            service.printConsole(console);
            console.awaitClosed();
        }
        return 0;
    }
}
