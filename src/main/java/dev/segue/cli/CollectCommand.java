// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.collector.Collector;
import dev.segue.config.Settings;
import dev.segue.runtime.Health;
import dev.segue.runtime.Monitoring;
import dev.segue.runtime.settings.Collecting;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "collect",
        mixinStandardHelpOptions = true,
        description = {
            "Takes messages of Segment's and RudderStack's SDKs over HTTP and writes them to Kafka as events, until SIGTERM"
                    + " or Ctrl-C.",
            "The write keys, the port and the limits are the section 'collector' of the settings."
        },
        footer = {"", "Example: segue collect --config segue.yaml"})
final class CollectCommand implements Callable<Integer> {
    @Mixin
    private ServiceOptions service = new ServiceOptions();

    @Override
    public Integer call() throws InterruptedException {
        Settings settings = service.settings(Collecting.ALWAYS);
        try (Monitoring monitoring = new Monitoring(settings);
                Collector collector = service.openCollector(settings, monitoring)) {
            service.printHealth(monitoring.openBeside(List.of(() -> check(collector))));
            service.printCollector(collector);
            collector.awaitClosed();
        }
        return 0;
    }

    private static Health.Check check(Collector collector) {
        return collector.isAvailable()
                ? new Health.Check("collector", true, "takes messages")
                : new Health.Check("collector", false, "refuses messages: Kafka has just failed to store some");
    }
}
