// SPDX-License-Identifier: Apache-2.0
package dev.segue.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.WidthSettings;
import dev.segue.event.Change;
import dev.segue.event.Evidence;
import dev.segue.statistics.Measure;
import dev.segue.statistics.StatisticKind;
import dev.segue.statistics.Subject;
import dev.segue.statistics.WindowCounts;
import dev.segue.statistics.WindowSize;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentScreenTest {
    private static final String SEEN =
            "segment: seen\ndescribes: Has looked around.\nowner: growth\ntags: [visits]\n# why so few\nwhen: page_viewed.within('7d').count() > 0\n";
    private static final Subject SUBJECT = Subject.segment("seen");

    private static Change entered(String customer) {
        return Change.of(customer, "seen", Change.Kind.ENTERED, MemoryData.NOW.minus(Duration.ofMinutes(5)))
                .evidence(List.of(new Evidence("page_viewed.count()", 3L, false, false, null)))
                .build();
    }

    private static ConsoleStage stage(MemoryData data) {
        return new ConsoleStage(data);
    }

    @Test
    void showsDefinitionAndItsExplanation() throws Exception {
        try (ConsoleStage stage = stage(new MemoryData().publish(SEEN))) {
            assertThat(stage.get("/segments/seen").body())
                    .contains("Has looked around.")
                    .contains("Owned by growth")
                    .contains("<span class=\"t-key\">when</span>")
                    .contains("<span class=\"t-comment\"># why so few</span>")
                    .contains("<span class=\"t-text\">'7d'</span>")
                    .contains("<span class=\"t-function\">count</span>")
                    .contains("For its condition, it keeps for each customer:")
                    .contains("7d after the latest page_viewed");
        }
    }

    @Test
    void countsOverTheRange() throws Exception {
        MemoryData data = new MemoryData().publish(SEEN).member("ann", "seen");
        WindowCounts counts = new WindowCounts();
        counts.add(Measure.ENTERED, 4);
        counts.add(Measure.EXITED, 3);
        counts.addStay(Duration.ofHours(2).toMillis());
        data.count(SUBJECT, WindowSize.HOUR, Instant.parse("2026-06-15T11:00:00Z"), counts);
        data.count(SUBJECT, WindowSize.HOUR, Instant.parse("2026-06-14T12:00:00Z"), Measure.ENTERED, 50);
        data.count(SUBJECT, WindowSize.DAY, Instant.parse("2026-06-01T00:00:00Z"), Measure.ENTERED, 700);
        try (ConsoleStage stage = stage(data)) {
            assertThat(stage.get("/segments/seen?range=1d").body())
                    .contains("Entered, 24 hours</dt><dd class=\"in\">4</dd>")
                    .contains("Exited, 24 hours</dt><dd class=\"out\">3</dd>")
                    .containsPattern("Median stay of those who left</dt><dd>(2h|1h 5\\dm|2h \\dm)</dd>")
                    .contains("15 Jun 2026, 11:00")
                    .doesNotContain("14 Jun 2026, 12:00");
            assertThat(stage.get("/segments/seen").body()).contains("Entered, 7 days</dt><dd class=\"in\">54</dd>");
            assertThat(stage.get("/segments/seen/facts?range=30d").body())
                    .contains("Entered, 30 days</dt><dd class=\"in\">700</dd>")
                    .doesNotContain("<html");
            assertThat(stage.get("/segments/seen?range=nonsense").body()).contains("Entered, 7 days");
        }
    }

    @Test
    void sizesThatMissPartitionsAreLeftOut() throws Exception {
        MemoryData data = new MemoryData().publish(SEEN);
        for (int hour = 9; hour <= 11; hour++) {
            WindowCounts counts = new WindowCounts();
            counts.add(Measure.HOUR_MEMBERS, 10L * hour);
            counts.add(Measure.HOUR_PARTITIONS, hour == 10 ? 1 : 2);
            data.count(
                    SUBJECT,
                    WindowSize.HOUR,
                    Instant.parse("2026-06-15T00:00:00Z").plus(Duration.ofHours(hour)),
                    counts);
        }
        try (ConsoleStage stage = stage(data)) {
            // The last value is the size of now.
            assertThat(stage.get("/segments/seen?range=1d").body()).contains("90,null,110,0]");
        }
    }

    @Test
    void membersArePagedAfterAnId() throws Exception {
        MemoryData data = new MemoryData().publish(SEEN);
        for (int number = 0; number < 101; number++) {
            data.member(String.format("id/%03d", number), "seen");
        }
        try (ConsoleStage stage = stage(data)) {
            String first = stage.get("/segments/seen").body();
            assertThat(first)
                    .contains(">id/000<")
                    .contains(">id/049<")
                    .doesNotContain(">id/050<")
                    .contains("href=\"/segments/seen?after=id%2F049#members\" rel=\"next\"");
            assertThat(first).doesNotContain("First 50");
            String second = stage.get("/segments/seen?after=id%2F049").body();
            assertThat(second).contains(">id/050<").contains(">id/099<").contains("First 50");
            String last = stage.get("/segments/seen?after=id%2F099").body();
            assertThat(last).contains(">id/100<").doesNotContain("rel=\"next\"");
            assertThat(stage.get("/segments/seen?after=z").body()).contains("There are no further members.");
        }
    }

    @Test
    void overlapCountsOtherSegmentsOfTheMembers() throws Exception {
        MemoryData data = new MemoryData()
                .publish(SEEN, "segment: buyer\nwhen: order_completed.count() > 0\n")
                .member("ann", "seen")
                .member("bob", "seen")
                .member("ann", "buyer")
                .member("cy", "buyer");
        try (ConsoleStage stage = stage(data)) {
            assertThat(stage.get("/segments/seen").body())
                    .containsPattern("Of 2 members(?s:.*?)buyer</a>(?s:.*?)>1</span>(?s:.*?)50.0 %");
        }
    }

    @Test
    void versionsSayWhoChangedWhatAndWhen() throws Exception {
        MemoryData data = new MemoryData()
                .publish("ann", WidthSettings.defaults(), SEEN)
                .publish("bob", WidthSettings.defaults(), SEEN, "segment: other\nwhen: page_viewed.count() > 0\n")
                .publish("cy", WidthSettings.defaults(), SEEN.replace("> 0", "> 5"));
        try (ConsoleStage stage = stage(data)) {
            String page = stage.get("/segments/seen").body();
            assertThat(page)
                    .containsPattern(
                            ">3</td>(?s:.*?)<td>changed</td><td>cy</td>(?s:.*?)8 days ago(?s:.*?)>1</td>(?s:.*?)<td>created</td><td>ann</td>");
            assertThat(page).doesNotContain("<td>bob</td>");
        }
    }

    @Test
    void triggersShowWhatCameOfThem() throws Exception {
        MemoryData data = new MemoryData()
                .publish(
                        SEEN,
                        "channel: email\nconsent: 'true'\n",
                        "trigger: hello\non: seen\nchannel: email\nholdout: 10\ngoal: {event: order_completed, within: 3d}\n");
        WindowCounts counts = new WindowCounts();
        counts.add(Measure.DECIDED_SEND, 1000);
        counts.add(Measure.DECIDED_HELD_OUT, 100);
        counts.add(Measure.TREATMENT_SENT, 1000);
        counts.add(Measure.TREATMENT_GOAL, 200);
        counts.add(Measure.CONTROL_SENT, 100);
        counts.add(Measure.CONTROL_GOAL, 10);
        data.count(
                new Subject(StatisticKind.TRIGGER, "hello"),
                WindowSize.DAY,
                Instant.parse("2026-06-10T00:00:00Z"),
                counts);
        try (ConsoleStage stage = stage(data)) {
            assertThat(stage.get("/segments/seen").body())
                    .containsPattern(
                            "hello(?s:.*?)>1,000<(?s:.*?)>100<(?s:.*?)20.0 %<(?s:.*?)10.0 %<(?s:.*?)\\+10.0 \\(");
            assertThat(stage.get("/segments/hello").status()).isEqualTo(404);
        }
    }

    @Test
    void latestChangesSayWhy() throws Exception {
        MemoryData data = new MemoryData().publish(SEEN);
        data.change(entered("<b>ann</b>"));
        try (ConsoleStage stage = stage(data)) {
            assertThat(stage.get("/segments/seen").body())
                    .contains("&lt;b&gt;ann&lt;/b&gt;")
                    .contains("5 min ago")
                    .contains("title=\"15 Jun 2026, 12:25:00 UTC\"")
                    .contains("by time: page_viewed.count() is 3");
        }
    }

    @Test
    void changesArriveWhileThePageIsOpen() throws Exception {
        MemoryData data = new MemoryData().publish(SEEN);
        try (ConsoleStage stage = stage(data);
                Socket socket = stage.socket()) {
            socket.getOutputStream()
                    .write("GET /segments/seen/changes HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"
                            .getBytes(StandardCharsets.UTF_8));
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            until(lines, ": open");
            data.change(Change.of("zoe", "other", Change.Kind.ENTERED, MemoryData.NOW)
                    .build());
            data.change(entered("<i>ann</i>"));
            until(lines, "event: change");
            assertThat(until(lines, "<li"))
                    .startsWith("data: <li class=\"change\">")
                    .contains("&lt;i&gt;ann&lt;/i&gt;");
            assertThat(data.listeners()).isEqualTo(1);
        }
        assertThat(data.listeners()).isZero();
    }

    private static String until(BufferedReader lines, String part) throws Exception {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.contains(part)) {
                return line;
            }
        }
        throw new AssertionError("the stream ended before " + part);
    }

    @Test
    void unknownNamesAreNotFound() throws Exception {
        try (ConsoleStage stage = stage(new MemoryData().publish(SEEN))) {
            for (String path :
                    List.of("/segments/none", "/segments", "/segments/seen/nothing", "/segments/none/facts", "/x")) {
                ConsoleStage.Got got = stage.get(path);
                assertThat(got.status()).as(path).isEqualTo(404);
                assertThat(got.body()).contains("There is nothing at this address.");
            }
            assertThat(stage.get("/segments/none/changes", "Accept", "text/event-stream")
                            .status())
                    .isEqualTo(404);
            assertThat(stage.get("/segments/%zz").status()).isEqualTo(400);
        }
    }

    @Test
    void emptySegmentSaysWhatComesNext() throws Exception {
        try (ConsoleStage stage = stage(new MemoryData().publish(SEEN))) {
            assertThat(stage.get("/segments/seen").body())
                    .contains("Nobody is in this segment now.")
                    .contains("Its members are in no other segment.")
                    .contains("No trigger begins with this segment.")
                    .contains("Nothing was counted in this time.");
        }
    }
}
