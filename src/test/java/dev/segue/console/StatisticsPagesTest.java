// SPDX-License-Identifier: Apache-2.0
package dev.segue.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.event.TriggerDecision;
import dev.segue.statistics.Measure;
import dev.segue.statistics.OutcomeCounts;
import dev.segue.statistics.StatisticKind;
import dev.segue.statistics.Subject;
import dev.segue.statistics.WindowCounts;
import dev.segue.statistics.WindowSize;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The pages of statistics and of triggers. */
class StatisticsPagesTest {
    private static final Instant TODAY = Instant.parse("2026-06-15T00:00:00Z");

    private static final String DEFINITIONS = """
            segment: cart
            when: cart.count() > 0
            """;
    private static final String CHANNEL = "channel: email\nconsent: 'true'\n";
    private static final String TRIGGER = """
            trigger: reminder
            describes: Reminds of <b>what</b> is left.
            on: cart
            channel: email
            holdout: 10
            goal: {event: order_completed, within: 3d}
            """;

    private final ConsoleStage stage = new ConsoleStage(new MemoryData().publish(DEFINITIONS, CHANNEL, TRIGGER));

    @AfterEach
    void close() {
        stage.close();
    }

    private String page(String path) throws IOException {
        ConsoleStage.Got got = stage.get(path);
        assertThat(got.status()).as(got.body()).isEqualTo(200);
        return got.body();
    }

    private static String text(String page) {
        return page.replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ");
    }

    private void day(StatisticKind kind, String name, int daysAgo, Measure measure, long count) {
        WindowCounts counts = new WindowCounts();
        counts.add(measure, count);
        stage.data.count(new Subject(kind, name), WindowSize.DAY, TODAY.minus(Duration.ofDays(daysAgo)), counts);
    }

    @Test
    void pagesInOrderOfTheirViews() throws IOException {
        WindowCounts counts = new WindowCounts();
        counts.add(Measure.VIEWS, 1200);
        counts.add(Measure.LANDINGS, 8);
        counts.add(Measure.BOUNCES, 2);
        stage.data.count(new Subject(StatisticKind.PAGE, "/<i>tents"), WindowSize.DAY, TODAY, counts);
        day(StatisticKind.PAGE, "/lamps", 29, Measure.VIEWS, 5000);
        day(StatisticKind.PAGE, "/old", 30, Measure.VIEWS, 9);
        String page = page("/statistics");
        assertThat(page).doesNotContain("<i>tents").doesNotContain("/old");
        assertThat(text(page)).contains("/lamps 5,000", "/&lt;i&gt;tents 1,200 0 0 8 2 0 25.0 %");
        assertThat(page.indexOf("/lamps")).isLessThan(page.indexOf("tents"));
        assertThat(page("/statistics/pages?range=90d")).contains("/old");
    }

    @Test
    void hoursOfTheDayByTheShopsClock() throws IOException {
        for (int day = 0; day < 2; day++) {
            WindowCounts counts = new WindowCounts();
            counts.add(Measure.VIEWS, 10 + day);
            Instant nine = TODAY.minus(Duration.ofDays(day)).plus(Duration.ofHours(9));
            stage.data.count(new Subject(StatisticKind.PAGE, "/"), WindowSize.HOUR, nine, counts);
        }
        assertThat(page("/statistics?range=7d"))
                .contains("9:00 to 9:59: 21 views")
                .contains("10:00 to 10:59: 0 views");
        assertThat(page("/statistics/forms?range=7d")).doesNotContain("Views by hour");
    }

    @Test
    void trendOfProductsComparesTodayWithTheDaysBefore() throws IOException {
        day(StatisticKind.PRODUCT, "tent", 0, Measure.VIEWED, 100);
        day(StatisticKind.PRODUCT, "tent", 1, Measure.VIEWED, 290);
        assertThat(text(page("/statistics/products"))).contains("tent 390 0 0 0 0 ×18.5");
    }

    @Test
    void nothingCountedSaysWhatToDo() throws IOException {
        assertThat(page("/statistics/categories")).contains("Nothing counted in this time");
        assertThat(stage.get("/statistics/else").status()).isEqualTo(404);
        assertThat(stage.get("/statistics/pages/more").status()).isEqualTo(404);
    }

    @Test
    void triggerWithItsFunnel() throws IOException {
        day(StatisticKind.TRIGGER, "reminder", 3, OutcomeCounts.of(TriggerDecision.Kind.SEND), 40);
        day(StatisticKind.TRIGGER, "reminder", 3, OutcomeCounts.of(TriggerDecision.Kind.CAPPED), 20);
        assertThat(text(page("/triggers")))
                .contains("reminder", "Reminds of &lt;b&gt;what&lt;/b&gt; is left.", "email 40");
        String page = page("/triggers/reminder");
        assertThat(text(page))
                .contains(
                        "Begins when cart is entered.",
                        "too few to compare",
                        "Held back for a time CAPPED",
                        "No decision has been seen lately.");
        assertThat(page).contains("width=\"100\" height=\"8\"", "width=\"50\" height=\"8\"", "href=\"/segments/cart\"");
        assertThat(page("/triggers/reminder?range=1d")).doesNotContain("CAPPED");
        assertThat(stage.get("/triggers/cart").status()).isEqualTo(404);
        assertThat(stage.get("/triggers/email").status()).isEqualTo(404);
    }

    @Test
    void figuresOfATriggerAreOfTheTimeThatIsShown() throws IOException {
        WindowCounts counts = new WindowCounts();
        counts.add(OutcomeCounts.of(TriggerDecision.Kind.SEND), 7);
        Instant yesterdayEvening = TODAY.minus(Duration.ofHours(2));
        stage.data.count(new Subject(StatisticKind.TRIGGER, "reminder"), WindowSize.HOUR, yesterdayEvening, counts);
        assertThat(page("/triggers/reminder?range=1d")).contains("<dt>Sent</dt><dd>7</dd>");
    }

    @Test
    void withoutTriggersSaysHowToBegin() throws IOException {
        try (ConsoleStage empty = new ConsoleStage(new MemoryData().publish(DEFINITIONS))) {
            assertThat(empty.get("/triggers").body()).contains("No triggers yet");
        }
    }
}
