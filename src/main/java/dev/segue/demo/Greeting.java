// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo;

import dev.segue.config.Settings;
import dev.segue.config.TopicNames;
import dev.segue.demo.view.ShopTime;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

/** Printed when the demo opens: the addresses of the console, of the shop page, of Kafka and of its schema registry, and the speed of the shop's time. */
record Greeting(DemoSettings demo, Settings processor, ShopJournal start, ShopFront front, URI collector, URI console) {

    private static final String EXAMPLE = "{\"userId\": \"ann\", \"event\": \"Product Added\", \"properties\":"
            + " {\"product_id\": \"p01\", \"price\": 89.90, \"quantity\": 1}}";

    void print(PrintWriter out) {
        Duration hour = Duration.ofHours(1).dividedBy(demo.speed());
        String address = processor.bootstrapServers();
        TopicNames topics = processor.topics().names();
        out.println("Console: " + console + "/ (segments, their members and their changes, live)");
        out.println("Shop page: " + front.page() + " (click, and see your own changes arrive)");
        out.println(
                "The collector takes events of trackers, with the write key " + ShopFront.WRITE_KEY + ", for example:");
        out.println("  curl -fsS -u " + ShopFront.WRITE_KEY + ": " + collector
                + "/v1/track -H 'Content-Type: application/json' -d '" + EXAMPLE + "'");
        out.println("Kafka listens on " + address + ", its schema registry on " + front.registry()
                + ". While the demo runs, any client can connect, for example:");
        out.println("  kcat -b " + address + " -L");
        out.println("  ./segue changes --follow --bootstrap-servers " + address + " --registry " + front.registry());
        out.println("  SEGUE_BOOTSTRAP_SERVERS=" + address + " ./segue dead-letters");
        out.println("  SEGUE_BOOTSTRAP_SERVERS=" + address + " SEGUE_REGISTRY_URL=" + front.registry()
                + " ./segue statistics products");
        out.println("  curl " + front.registry() + "/subjects");
        out.println(
                "Events are in " + topics.behaviorEvents() + ", changes in " + topics.changes() + ", memberships in "
                        + topics.memberships() + ", and what could not be used in " + topics.deadLetters() + ".");
        out.println("Save a definition in "
                + demo.segments().directories().stream().map(Path::toString).collect(Collectors.joining(", "))
                + ", and it is published and evaluated at once.");
        out.printf(
                Locale.ROOT,
                "The simulated shop (seed %d) %s at %s; its time runs %d times faster: an hour takes %.1f s.%n",
                start.seed(),
                start.events() == 0 ? "opens" : "continues",
                ShopTime.write(start.events() == 0 ? start.opens() : start.time()),
                demo.speed(),
                hour.toMillis() / 1000.0);
        out.println(
                demo.runFor() == null
                        ? "Press Ctrl-C to end it."
                        : "It ends after " + demo.runFor().toSeconds() + " s, or when you press Ctrl-C.");
        out.flush();
    }
}
