package dev.segue.demo;

import dev.segue.config.TopicNames;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** What is said when the demo opens: where Kafka listens, and how fast time goes. */
record Greeting(DemoSettings settings, TopicNames topics, String bootstrapServers, ShopJournal start) {

    void print(PrintWriter out) {
        Duration hour = Duration.ofHours(1).dividedBy(settings.speed());
        out.println("Kafka listens on " + bootstrapServers + ". Look with any Kafka tool while this runs, or with:");
        out.println("  ./segue changes --follow --bootstrap-servers " + bootstrapServers);
        out.println("Events are in " + topics.behaviorEvents() + ", changes in " + topics.changes()
                + ", who is in what in " + topics.memberships() + ".");
        out.printf(
                Locale.ROOT,
                "The simulated shop (seed %d) %s at %s; its time runs %d times faster: %.1f s are an hour.%n",
                start.seed(),
                start.events() == 0 ? "opens" : "goes on",
                ShopTime.write(start.events() == 0 ? start.opens() : start.time()),
                settings.speed(),
                hour.toMillis() / 1000.0);
        out.println(
                settings.runFor() == null
                        ? "Ctrl-C ends it."
                        : "It ends after " + settings.runFor().toSeconds() + " s, or with Ctrl-C.");
        out.flush();
    }
}
