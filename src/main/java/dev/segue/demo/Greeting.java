package dev.segue.demo;

import dev.segue.config.Settings;
import dev.segue.config.TopicNames;
import dev.segue.demo.view.ShopTime;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** What is said when the demo opens: where Kafka listens, and how fast time goes. */
record Greeting(DemoSettings demo, Settings processor, ShopJournal start) {

    void print(PrintWriter out) {
        Duration hour = Duration.ofHours(1).dividedBy(demo.speed());
        String address = processor.bootstrapServers();
        TopicNames topics = processor.topics().names();
        out.println("Kafka listens on " + address + ". While this runs, any Kafka tool can look, such as:");
        out.println("  kcat -b " + address + " -L");
        out.println("  ./segue changes --follow --bootstrap-servers " + address + " --schemas-dir "
                + processor.registryDirectory());
        out.println("Events are in " + topics.behaviorEvents() + ", changes in " + topics.changes()
                + ", who is in which segment in " + topics.memberships() + ".");
        out.printf(
                Locale.ROOT,
                "The simulated shop (seed %d) %s at %s; its time runs %d times faster: %.1f s are an hour.%n",
                start.seed(),
                start.events() == 0 ? "opens" : "goes on",
                ShopTime.write(start.events() == 0 ? start.opens() : start.time()),
                demo.speed(),
                hour.toMillis() / 1000.0);
        out.println(
                demo.runFor() == null
                        ? "Ctrl-C ends it."
                        : "It ends after " + demo.runFor().toSeconds() + " s, or with Ctrl-C.");
        out.flush();
    }
}
