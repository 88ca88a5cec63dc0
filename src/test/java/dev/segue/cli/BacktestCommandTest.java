// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BacktestCommandTest {
    private static final String EVENTS = """
            {"type":"order_completed","customer_id":"ann","event_id":"1","occurred_at":"2025-11-01T10:00:00Z"}
            {"type":"order_completed","customer_id":"ann","event_id":"2","occurred_at":"2025-11-02T10:00:00Z"}
            {"type":"order_completed","customer_id":"bob","event_id":"3","occurred_at":"2025-11-02T11:00:00Z"}
            """;

    @TempDir
    Path directory;

    private Path before;
    private Path after;
    private Path events;

    @BeforeEach
    void write() throws IOException {
        before = buyers("old", 2);
        after = buyers("new", 1);
        events = Files.writeString(directory.resolve("events.jsonl"), EVENTS);
    }

    private Path buyers(String set, int orders) throws IOException {
        Path place = Files.createDirectories(directory.resolve(set));
        Files.writeString(
                place.resolve("buyer.yaml"),
                "segment: buyer\nparams: {orders: " + orders + "}\nwhen: order_completed.count() >= params.orders\n");
        return place;
    }

    private CommandRun run(String... more) {
        List<String> args = new ArrayList<>(List.of("backtest", after.toString(), "--events", events.toString()));
        args.addAll(List.of(more));
        return CommandRun.of(args.toArray(String[]::new));
    }

    @Test
    void readsWhatIsKnownOfProducts() throws IOException {
        Path set = Files.createDirectories(directory.resolve("products"));
        Files.writeString(
                set.resolve("bargain.yaml"),
                "segment: bargain\nwhen: order_completed.count() > 0 && product('p1').price < 5.0 && has(product('p1').price)\n");
        Path products = Files.writeString(directory.resolve("products.jsonl"), """
                {"product_id":"p1","price":6}
                {"product_id":"p1","at":"2025-11-02T10:30:00Z","price":4}
                """);
        List<String> plain = List.of("backtest", set.toString(), "--events", events.toString(), "--format", "json");
        List<String> informed = new ArrayList<>(plain);
        informed.addAll(List.of("--products", products.toString()));
        CommandRun run = CommandRun.of(informed.toArray(String[]::new));
        assertThat(run.out().replaceAll("\\s", "")).contains("\"enters\":2");
        assertThat(run.err()).doesNotContain("product():");
        CommandRun without = CommandRun.of(plain.toArray(String[]::new));
        assertThat(without.out().replaceAll("\\s", "")).contains("\"enters\":0");
        assertThat(without.err()).contains("product(): nothing is known of any product");
    }

    @Test
    void countsWhatTriggersDecide() throws IOException {
        String trigger = "---\nchannel: email\nconsent: 'true'\n---\ntrigger: thanks\non: buyer\nchannel: email\n";
        for (Path set : List.of(before, after)) {
            String wait = set.equals(before) ? "wait: 10m\n" : "";
            Files.writeString(
                    set.resolve("buyer.yaml"), "segment: buyer\nwhen: order_completed.count() >= 1\n" + trigger + wait);
        }
        CommandRun run = run("--against", before.toString());
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .containsPattern("trigger thanks, changed\n  SEND +[0-9]+ old +2 new\n  WAITING +2 old +0 new\n");
        assertThat(run("--against", before.toString(), "--format", "json").out().replaceAll("\\s", ""))
                .contains("{\"decision\":\"WAITING\",\"old\":2,\"new\":0}");
    }

    @Test
    void comparesTwoSetsAsText() {
        CommandRun run = run("--against", before.toString());
        assertThat(run.code()).as(run.err()).isZero();
        String out = run.out().replace(directory.toString(), "DIR");
        assertThat(out).isEqualTo("""
                2025-11-01T10:00:00.000Z to 2025-11-02T11:00:00.000Z, days in UTC
                3 events; 2 customers
                old: DIR/old (1 definition)
                new: DIR/new (1 definition): 1 changed
                activation: enters 1, exits 0

                segment buyer, changed: enters 1, exits 0
                                                          old            new
                  members at the end                        1              2
                  members at the start                      0              0
                  entered                                   1              2
                  exited                                    0              0
                  customers who entered                     1              2
                    twice or more often                     0              0
                    five times or more often                0              0
                  median stay                               -              -
                  90 % stay at most                         -              -
                  stays that ended                          0              0
                  stays still open                          1              2
                  day                 old   entered    exited          new   entered    exited
                  2025-11-01            0         0         0            1         1         0
                  2025-11-02            1         1         0            2         1         0
                  only in the new set: 1 customer
                    bob  new set: entered 2025-11-02T11:00:00.000Z by order_completed 3: order_completed.count() is
                          1
                      old set: this must change:
                        order_completed.count() is 1 and must be at least 2
                """);
        assertThat(out.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
        assertThat(run.err()).contains("3 events in ").contains("events.jsonl: 3 lines = 3 rows read");
    }

    @Test
    void describesTenOfManyDefinitionsChangedOnesFirst() throws IOException {
        for (int number = 0; number < 11; number++) {
            Files.writeString(
                    after.resolve("more" + number + ".yaml"),
                    "segment: more" + number + "\nwhen: order_completed.count() >= " + (number == 4 ? 9 : 1) + "\n");
        }
        CommandRun run = run("--against", before.toString());
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out().lines().filter(line -> line.startsWith("segment ")))
                .hasSize(10)
                .anyMatch(line -> line.startsWith("segment buyer, changed"))
                .noneMatch(line -> line.startsWith("segment more4,"));
        assertThat(run.out())
                .contains("\nmore4 ")
                .contains(
                        "  enters, for example: ann  new set: entered 2025-11-01T10:00:00.000Z by order_completed 1:\n")
                .contains("\n2 further definitions are in the table above; for details, see --html or --format json\n")
                .contains("only in the new set: 1 customer");
    }

    @Test
    void writesEqualJsonEachTime() throws IOException {
        CommandRun run = run("--against", before.toString(), "--format", "json");
        JsonNode report = new ObjectMapper().readTree(run.out());
        assertThat(report.at("/definitions/0/segments/0/only_new/samples/0/customer")
                        .asText())
                .isEqualTo("bob");
        assertThat(report.at("/definitions/0/segments/0/new/days/1").toString())
                .isEqualTo("{\"date\":\"2025-11-02\",\"members\":2,\"entered\":1,\"exited\":0}");
        assertThat(report.at("/activation/enters").asInt()).isEqualTo(1);
        assertThat(run("--against", before.toString(), "--format", "json").out())
                .isEqualTo(run.out());
    }

    @Test
    void beginsWithATableIfSeveralDefinitionsDiffer() throws IOException {
        Files.writeString(after.resolve("any.yaml"), "segment: any\nwhen: activity.count() > 0\n");
        assertThat(run("--against", before.toString()).out().replaceAll(" +", " "))
                .contains("""
                        definition status old new enters exits
                        any new 0 2 2 0
                        buyer changed 1 2 1 0
                        """);
    }

    @Test
    void customersDoNotControlTheTerminal() throws IOException {
        Files.writeString(events, EVENTS.replace("\"bob\"", "\"b\\u001b[2Jb\""));
        assertThat(run("--against", before.toString()).out()).contains("b?[2Jb").doesNotContain("\u001b");
    }

    @Test
    void setAppliesToTheNewSetOnly() {
        CommandRun run = run("--against", after.toString(), "--set", "buyer.orders=2");
        assertThat(run.out()).contains("segment buyer, changed: enters 0, exits 1");
    }

    @Test
    void againstNothingEveryDefinitionIsNew() {
        assertThat(run().out()).contains("old: nothing\n").contains("segment buyer, new: enters 2, exits 0");
    }

    @Test
    void refusesLiveWithoutClusterWithASentence() {
        CommandRun run = run("--against", "live");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .startsWith("--against live is the set that a cluster evaluates: name the cluster with --config");
    }

    @Test
    void needsEitherSettingsOrFiles() {
        assertThat(CommandRun.of("backtest", after.toString()).err()).contains("neither was given.");
        CommandRun both = run("--config", "segue.yaml");
        assertThat(both.err()).contains("both were given.");
        assertThat(both.code()).isEqualTo(2);
    }

    @Test
    void namesAbsentDirectories() {
        CommandRun run = run("--against", directory.resolve("absent").toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).startsWith("--against: there is no file or directory ");
        CommandRun other = CommandRun.of("backtest", "absent", "--events", events.toString());
        assertThat(other.code()).isEqualTo(2);
        assertThat(other.err()).startsWith("PATH: there is no file or directory absent");
    }

    @Test
    void showsProblemsOfDefinitionsAsCheckDoes() throws IOException {
        Path wrong = Files.writeString(
                directory.resolve("wrong.yaml"), "segment: wrong\nwhen: order_compleded.count() > 0\n");
        CommandRun run = run("--against", wrong.toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .contains("wrong.yaml:2:7: ")
                .contains("  |       ^")
                .contains("order_completed");
        assertThat(run.err()).isEqualTo(CommandRun.of("check", wrong.toString()).err());
    }

    @Test
    void refusesWindowsWithoutEvents() {
        CommandRun turned = run("--from", "2025-11-02T00:00:00Z", "--to", "2025-11-01T00:00:00Z");
        assertThat(turned.code()).isEqualTo(2);
        assertThat(turned.err()).startsWith("--from 2025-11-02T00:00:00Z is after --to 2025-11-01T00:00:00Z.");
        CommandRun early = run("--to", "2025-10-01T00:00:00Z");
        assertThat(early.code()).isEqualTo(2);
        assertThat(early.err())
                .contains("No event is within the window: the first event is at 2025-11-01T10:00:00.000Z, after --to.");
        CommandRun late = run("--from", "2025-12-01T00:00:00Z");
        assertThat(late.code()).isEqualTo(2);
        assertThat(late.err())
                .contains("the last event is at 2025-11-02T11:00:00.000Z, before the window begins at"
                        + " 2025-12-01T00:00:00.000Z.");
        assertThat(run("--from", "yesterday").err()).startsWith("--from: 'yesterday' is neither a timestamp like ");
        assertThat(run("--from", "+1h").err()).startsWith("--from: '+1h' is after the last event");
        assertThat(run("--format", "xml").err()).startsWith("--format: 'xml' is neither text nor json.");
    }

    @Test
    void refusesFilesWithoutEvents() throws IOException {
        Path empty = Files.writeString(directory.resolve("empty.jsonl"), "");
        CommandRun run = CommandRun.of("backtest", after.toString(), "--events", empty.toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("The files contain no events.");
        Path garbage = Files.writeString(directory.resolve("garbage.jsonl"), "{}\n{\n");
        CommandRun refused = CommandRun.of("backtest", after.toString(), "--events", garbage.toString());
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("None of the 2 rows of ").contains("refused 2 of 2 rows");
    }

    @Test
    void countsRefusedRows() throws IOException {
        Files.writeString(events, EVENTS + "{\n");
        CommandRun run = run();
        assertThat(run.code()).isZero();
        assertThat(run.err()).contains("refused 1 of 4 rows of ").contains("malformed");
    }

    @Test
    void settingsOverridesApplyWhereTheyFit() throws Exception {
        Path settings = Files.writeString(directory.resolve("segue.yaml"), """
                bootstrap_servers: 127.0.0.1:1
                processing: {start_patience: 1s}
                segments: {overrides: {buyer: {orders: 3}, other: {x: 1}}}
                """);
        // Both sets are read before the broker is looked for.
        CommandRun run = CommandRun.of("backtest", after.toString(), "--config", settings.toString());
        assertThat(run.code()).as(run.err()).isEqualTo(1);
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .startsWith("failed: No Kafka broker answered at 127.0.0.1:1 within 1 s.");
    }

    @Test
    void writesOnePageThatNeedsNoNetworkAndEscapesEveryValue() throws IOException {
        Files.writeString(events, """
                {"type":"order_completed","customer_id":"<script>alert(1)</script>","event_id":"1","occurred_at":"2025-11-01T10:00:00Z"}
                {"type":"page_viewed","customer_id":"ann","event_id":"2","occurred_at":"2025-11-01T10:00:00Z","url":"</script><b>"}
                """);
        Files.writeString(after.resolve("page.yaml"), """
                trait: page
                describes: The <i>latest</i> & only page.
                value: page_viewed.latest().url
                """);
        Path page = directory.resolve("report.html");
        CommandRun run = run("--against", before.toString(), "--html", page.toString());
        assertThat(run.code()).as(run.err()).isZero();
        String html = Files.readString(page);
        assertThat(html)
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .contains("The &lt;i&gt;latest&lt;/i&gt; &amp; only page.")
                .contains("<td>'&lt;/script&gt;&lt;b&gt;'</td>")
                .contains("default-src 'none'")
                .contains("uPlot")
                .contains("data-chart=\"{&#34;kind&#34;:&#34;steps&#34;")
                .doesNotContain("<script>alert", "</script><b>", "<i>latest", "src=", "http://", "@import", "<link");
        // Of the two inlined scripts.
        assertThat(html.split("</script>", -1)).hasSize(3);
    }

    /** A segment that a set does not have is no line at 0; days without a change are left to the page. */
    @Test
    void chartsOnlySetsThatHaveTheSegmentAndDaysWithChanges() throws IOException {
        Files.writeString(events, """
                {"type":"order_completed","customer_id":"ann","event_id":"1","occurred_at":"2025-11-01T10:00:00Z"}
                {"type":"order_completed","customer_id":"bob","event_id":"2","occurred_at":"2025-11-03T10:00:00Z"}
                {"type":"page_viewed","customer_id":"bob","event_id":"3","occurred_at":"2025-11-04T10:00:00Z"}
                """);
        Files.writeString(after.resolve("never.yaml"), "segment: never\nwhen: order_completed.count() >= 100\n");
        Path page = directory.resolve("report.html");
        assertThat(run("--html", page.toString()).code()).isZero();
        String first = "{\"kind\":\"steps\",\"x\":[1761868800,1761955200,1762128000,1762214400],\"series\":";
        assertThat(charts(page))
                .containsExactly(
                        first + "[{\"label\":\"new\",\"values\":[0,1,2,2]}]}",
                        "{\"kind\":\"counts\",\"x\":[1761955200,1762128000],\"series\":[{\"label\":\"new\",\"values\":[1,1]}]}",
                        "{\"kind\":\"counts\",\"x\":[1761955200,1762128000],\"series\":[{\"label\":\"new\",\"values\":[0,0]}]}");
        assertThat(Files.readString(page)).containsOnlyOnce("<p>Nobody entered or left in this time.</p>");
        assertThat(run("--against", before.toString(), "--html", page.toString())
                        .code())
                .isZero();
        assertThat(charts(page).get(0))
                .isEqualTo(
                        first + "[{\"label\":\"old\",\"values\":[0,0,0,0]},{\"label\":\"new\",\"values\":[0,1,2,2]}]}");
        assertThat(run("--against", after.toString(), "--html", page.toString()).code())
                .isZero();
        assertThat(charts(page)).isEmpty();
        assertThat(Files.readString(page)).contains("<p>No definition differs.</p>");
    }

    private static List<String> charts(Path page) throws IOException {
        return Pattern.compile("data-chart=\"([^\"]*)\"")
                .matcher(Files.readString(page))
                .results()
                .map(chart -> chart.group(1).replace("&#34;", "\""))
                .toList();
    }

    @Test
    void refusesPageThatCannotBeWrittenBeforeReading() {
        CommandRun run =
                run("--html", directory.resolve("absent").resolve("x.html").toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("x.html cannot be written: its directory does not exist.");
        assertThat(run("--html", directory.toString()).err()).contains(" cannot be written: it is a directory.");
    }
}
