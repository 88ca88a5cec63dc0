// SPDX-License-Identifier: Apache-2.0
package dev.segue.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.WidthSettings;
import dev.segue.console.page.Freshness;
import dev.segue.statistics.Measure;
import dev.segue.statistics.Subject;
import dev.segue.statistics.WindowSize;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SegmentsScreenTest {
    private static final String SEEN =
            "segment: seen\ndescribes: Has looked around.\ntags: [visits]\nwhen: page_viewed.count() > 0\n";
    private static final String BUYER = "segment: buyer\ntags: [orders]\nwhen: order_completed.count() > 0\n";
    private static final String STAGE =
            "group: stage\nfirst:\n  old: order_completed.count() > 3\n  young: page_viewed.count() > 0\n";
    private static final String CITY = "trait: city\nvalue: profile.city\n";

    private static List<String> names(String page) {
        return Pattern.compile("class=\"name\" id=\"to-([a-z-]+)\"")
                .matcher(page)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    private static MemoryData shop() {
        MemoryData data = new MemoryData().publish(SEEN, BUYER, STAGE, CITY);
        data.member("ann", "seen").member("bob", "seen").member("cy", "seen").member("ann", "buyer");
        data.member("ann", "old").member("bob", "young").member("cy", "young");
        data.member("ann", "city", "Rome").member("bob", "city", "Rome").member("cy", "city", "Oslo");
        Instant hour = Instant.parse("2026-06-15T10:00:00Z");
        data.count(Subject.segment("seen"), WindowSize.HOUR, hour, Measure.ENTERED, 2);
        data.count(Subject.segment("buyer"), WindowSize.HOUR, hour, Measure.ENTERED, 5);
        // Before the last 24 hours.
        data.count(
                Subject.segment("seen"), WindowSize.HOUR, Instant.parse("2026-06-14T12:00:00Z"), Measure.ENTERED, 100);
        return data;
    }

    @Test
    void showsSizesSharesAndTheLastDay() throws Exception {
        try (ConsoleStage stage = new ConsoleStage(shop())) {
            String page = stage.get("/").body();
            assertThat(names(page)).containsExactly("buyer", "city", "old", "seen", "young");
            assertThat(page)
                    .contains("3 customers in any segment")
                    .contains("revision 1 is published")
                    .contains("5 segments")
                    .containsPattern("to-seen(?s:.*?)Members\">3<(?s:.*?)Share\">100 %<(?s:.*?)Entered, 24 h\">2<")
                    .containsPattern("to-buyer(?s:.*?)Members\">1<(?s:.*?)Share\">33.3 %<(?s:.*?)Entered, 24 h\">5<");
        }
    }

    @Test
    void sortsByAnyColumnBothWays() throws Exception {
        try (ConsoleStage stage = new ConsoleStage(shop())) {
            assertThat(names(stage.get("/?sort=size").body())).containsExactly("city", "seen", "young", "buyer", "old");
            assertThat(names(stage.get("/?sort=size&order=asc").body()))
                    .containsExactly("buyer", "old", "young", "city", "seen");
            assertThat(names(stage.get("/?sort=entered").body())).startsWith("buyer", "seen");
            String page = stage.get("/?sort=entered").body();
            assertThat(page)
                    .containsPattern("aria-sort=\"descending\"><a href=\"/\\?sort=entered&amp;order=asc\"")
                    .containsPattern("aria-sort=\"none\"><a href=\"/\\?sort=size\"");
        }
    }

    @Test
    void searchesNamesAndDescriptionsByTagAndKind() throws Exception {
        try (ConsoleStage stage = new ConsoleStage(shop())) {
            assertThat(names(stage.get("/?q=LOOKED").body())).containsExactly("seen");
            assertThat(names(stage.get("/?q=stage").body())).containsExactly("old", "young");
            assertThat(names(stage.get("/?tag=orders").body())).containsExactly("buyer");
            assertThat(names(stage.get("/?kind=trait").body())).containsExactly("city");
            String none = stage.get("/?q=nothing").body();
            assertThat(names(none)).isEmpty();
            assertThat(none).contains("No segment matches.").contains("0 of 5 segments");
        }
    }

    @Test
    void groupsAreBarsAndTraitsHaveTheirValues() throws Exception {
        try (ConsoleStage stage = new ConsoleStage(shop())) {
            assertThat(stage.get("/").body())
                    .contains("<rect class=\"c1\" x=\"0\" y=\"0\" width=\"333\" height=\"24\"><title>old: 1 (33.3 %)")
                    .contains(
                            "<rect class=\"c2\" x=\"333\" y=\"0\" width=\"667\" height=\"24\"><title>young: 2 (66.7 %)")
                    .containsPattern("Rome</span>(?s:.*?)>2</span>(?s:.*?)66.7 %(?s:.*?)Oslo</span>");
        }
    }

    @Test
    void textOfOthersIsNeverMarkup() throws Exception {
        String evil = "<script>alert(1)</script>";
        MemoryData data = new MemoryData()
                .publish(
                        "segment: seen\ndescribes: \"" + evil + "\"\ntags: ['" + evil
                                + "']\nwhen: page_viewed.count() > 0\n",
                        CITY);
        data.member("ann", "city", evil);
        try (ConsoleStage stage = new ConsoleStage(data)) {
            String page = stage.get("/?q=%22%3E" + "%3Cscript%3E").body();
            assertThat(page).contains("value=\"&#34;").satisfies(SegmentsScreenTest::hasNoForeignScript);
            assertThat(stage.get("/").body())
                    .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                    .doesNotContain(evil);
            assertThat(stage.get("/segments/seen").body()).doesNotContain(evil);
            assertThat(stage.get("/segments/city").body()).doesNotContain(evil);
        }
    }

    /** Within a quoted attribute only the quote ends it, so a bracket there is text. */
    private static void hasNoForeignScript(String page) {
        assertThat(page.replaceAll("\"[^\"]*\"", "\"\"")).doesNotContainPattern("<script(?! src=\"\" defer>)");
    }

    @Test
    void warnsOfSegmentsThatAreTooWideOrTooNarrow() throws Exception {
        MemoryData data = new MemoryData().publish("ann", new WidthSettings(2, 0.9), SEEN, BUYER);
        data.member("ann", "seen").member("bob", "seen");
        try (ConsoleStage stage = new ConsoleStage(data)) {
            assertThat(stage.get("/").body())
                    .containsPattern("to-buyer(?s:.*?)Empty: nobody has ever been in it.(?s:.*?)to-seen")
                    .containsPattern("to-seen(?s:.*?)Wide: nearly every customer is in it.");
        }
        data.count(Subject.segment("buyer"), WindowSize.DAY, Instant.parse("2026-06-10T00:00:00Z"), Measure.ENTERED, 1);
        try (ConsoleStage stage = new ConsoleStage(data)) {
            assertThat(stage.get("/").body()).doesNotContain("nobody has ever been in it");
        }
    }

    @Test
    void saysWhatToDoWhileNothingIsPublished() throws Exception {
        try (ConsoleStage stage = new ConsoleStage(new MemoryData())) {
            assertThat(stage.get("/").body()).contains("No definitions yet").contains("segue apply segments");
        }
    }

    @Test
    void unreachableBrokerIsNotShownAsEmptiness() throws Exception {
        MemoryData data = shop().fresh(new Freshness(Duration.ofSeconds(75), "broker away", List.of()));
        try (ConsoleStage stage = new ConsoleStage(data)) {
            assertThat(stage.get("/freshness").body())
                    .contains("class=\"fresh stale\"")
                    .contains("Kafka last answered 1 min ago")
                    .contains("broker away");
            data.fresh(new Freshness(Duration.ofSeconds(10), null, List.of()));
            assertThat(stage.get("/freshness").body()).contains("As of 10 s ago");
            data.fresh(new Freshness(Duration.ofMillis(10_001), null, List.of()));
            assertThat(stage.get("/freshness").body()).contains("Kafka last answered 10 s ago");
            data.fresh(new Freshness(null, null, List.of()));
            assertThat(stage.get("/freshness").body()).contains("Connecting to Kafka");
            Freshness.Topic topic = new Freshness.Topic("changes", true, false, 5, 1234, 0L, 0, null);
            data.fresh(new Freshness(Duration.ZERO, null, List.of(topic)));
            assertThat(stage.get("/freshness").body()).contains("Reading: 1,234 records left");
            Freshness.Topic none = new Freshness.Topic("changes", false, false, 0, 0, null, 0, null);
            data.fresh(new Freshness(Duration.ZERO, null, List.of(none)));
            assertThat(stage.get("/freshness").body()).contains("Topic changes does not exist yet");
        }
    }

    @Test
    void pagesAreCompressedForThoseWhoCanReadThat() throws Exception {
        try (ConsoleStage stage = new ConsoleStage(shop())) {
            assertThat(stage.get("/", "Accept-Encoding", "gzip, br").headers())
                    .containsEntry("content-encoding", "gzip");
            assertThat(stage.get("/").headers()).doesNotContainKey("content-encoding");
        }
    }
}
