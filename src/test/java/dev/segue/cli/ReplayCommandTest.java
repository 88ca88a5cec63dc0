// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayCommandTest {
    private static final String HEADER =
            "ts_ms,customer_id,event_type,order_id,product_id,quantity,unit_price,amount,currency,coupon,extra\n";

    @TempDir
    Path directory;

    @Test
    void reportsRefusedRowsAndReplaysTheRest() throws IOException {
        CommandRun run = replay(file("shop.jsonl", """
                {"type":"product_viewed","customer_id":"ann","event_id":"1","occurred_at":"2025-01-01T10:00:00Z"}
                {"type":"product_vewed","customer_id":"ann","event_id":"2","occurred_at":"2025-01-01T10:00:00Z"}
                {"type":"product_viewed","event_id":"3","occurred_at":"2025-01-01T10:00:00Z"}
                {"type":"product_viewed","customer_id":"ann","event_id":"4","occurred_at":"9999-01-01T10:00:00Z"}
                {"type":"product_viewed","customer_id":"ann","event_id":"5","occurred_at":"2025-01-01T10:00:00Z","price":{}}
                {"type":"product_viewed","customer_id":"ann","event_id":"6","occurred_at":"2025-01-01T10:00:00Z","prize":1}
                {"type":"product_viewed",
                {"type":"product_viewed","customer_id":"bob","event_id":"8","occurred_at":"2025-01-01T10:00:00Z"}
                """));
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains("2 events of 2 customers; 0 duplicates")
                .contains("shop.jsonl: 8 lines = 2 rows read + 6 refused + 0 header + 0 blank")
                .contains("failed: 6 of 8 rows of ")
                .contains("were refused, more than half.")
                .contains("read   8 rows in ")
                .contains("refused 6 of 8 rows of ")
                .contains("1  unknown-event-type: line 2 (")
                .contains("Did you mean 'product_viewed'?")
                .contains("1  missing-customer: line 3 (")
                .contains("1  impossible-time: line 4 (")
                .contains("1  wrong-type: line 5 (")
                .contains("1  unknown-field: line 6 (")
                .contains("1  malformed: line 7 (");
    }

    @Test
    void writesWhatTriggersDecide() throws IOException {
        Path segments = file("triggers.yaml", """
                segment: keen
                when: product_viewed.within('1h').count() > 0
                ---
                channel: email
                consent: "true"
                ---
                trigger: write
                on: keen
                channel: email
                wait: 10m
                send: {seen: product_viewed.latest().product_id}
                """);
        Path events = file("shop.jsonl", """
                {"type":"product_viewed","customer_id":"ann","event_id":"1","occurred_at":"2025-01-01T10:00:00Z","product_id":"p1"}
                """);
        Path decisions = directory.resolve("decisions.jsonl");
        CommandRun run = CommandRun.of(
                "replay",
                "--events",
                events.toString(),
                "--segments",
                segments.toString(),
                "--until",
                "+1d",
                "--decisions",
                decisions.toString());
        assertThat(run.code()).isZero();
        assertThat(run.errLines()).contains("write: 1 SEND, 1 WAITING");
        assertThat(Files.readAllLines(decisions))
                .hasSize(2)
                .element(1)
                .asString()
                .contains(
                        "\"decision\":\"SEND\"",
                        "\"decided_at\":\"2025-01-01T10:10:00.000Z\"",
                        "\"payload\":{\"seen\":\"p1\"}");
    }

    @Test
    void countsIgnoredPartsByReason() throws IOException {
        CommandRun run = replay(file("shop.jsonl", """
                {"type":"product_added","customer_id":"ann","event_id":"1","occurred_at":"2025-01-01T10:00:00Z","price":5}
                {"type":"product_removed","customer_id":"bob","event_id":"2","occurred_at":"2025-01-01T10:00:00Z"}
                {"type":"order_refunded","customer_id":"ann","event_id":"3","occurred_at":"2025-01-01T10:00:00Z","total":5}
                {"type":"product_added","customer_id":"ann","event_id":"4","occurred_at":"2025-01-01T10:00:00Z","sku":"s"}
                """));
        assertThat(run.code()).isZero();
        assertThat(run.errLines())
                .contains("2 events without a product: the cart stayed as it was; send product_id or sku")
                .contains("1 event without an order: nothing was refunded; send order_id");
    }

    @Test
    void givesExampleOfReplacedValue() throws IOException {
        Path segments = file("soon.yaml", "segment: soon\nwhen: yearly(profile.birthday, '3d')\n");
        CommandRun run = replay(file("shop.jsonl", """
                {"type":"page_viewed","customer_id":"ann","event_id":"1","occurred_at":"2025-01-01T10:00:00Z","timezone":"Mars"}
                {"type":"page_viewed","customer_id":"bob","event_id":"2","occurred_at":"2025-01-01T10:00:00Z","timezone":"PST"}
                {"type":"profile_updated","customer_id":"ann","event_id":"3","occurred_at":"2025-01-01T10:00:00Z","birthday":"4.3.90"}
                """), "--segments", segments.toString());
        assertThat(run.errLines())
                .contains(
                        "2 events with an unknown time zone, such as 'Mars': hour and weekday are those of the configured"
                                + " zone; send an IANA time zone name such as Europe/Berlin, or an offset")
                .contains("1 event with a date that cannot be read, such as '4.3.90': it is never upcoming; send"
                        + " YYYY-MM-DD");
    }

    private static final String VIEWS = """
            {"type":"product_viewed","customer_id":"ann","event_id":"1","occurred_at":"2025-01-01T10:00:00Z","product_id":"p1"}
            {"type":"product_viewed","customer_id":"bob","event_id":"2","occurred_at":"2025-01-01T10:00:00Z","product_id":"p2"}
            {"type":"product_viewed","customer_id":"bob","event_id":"3","occurred_at":"2025-01-01T13:00:00Z","product_id":"p2"}
            """;

    @Test
    void readsWhatIsKnownOfProducts() throws IOException {
        Path segments = file("last.yaml", """
                segment: last-ones
                when: product_viewed.exists(v, product(v.product_id).stock > 0 && product(v.product_id).stock < 3)
                """);
        Path products = file("products.csv", """
                product_id,at,stock
                p1,,5
                p1,2025-01-01T11:00:00Z,2
                p1,2025-01-01T12:00:00Z,0
                p2,2025-01-01T12:30:00Z,-1
                p2,2025-01-01T12:30:00Z,1
                """);
        CommandRun run = replay(
                file("shop.jsonl", VIEWS),
                "--segments",
                segments.toString(),
                "--products",
                products.toString(),
                "--until",
                "+2h");
        assertThat(run.code()).isZero();
        assertThat(run.err())
                .contains("products.csv:5: stock '-1' is negative")
                .doesNotContain("product(): nothing is known");
        assertThat(run.out()
                        .lines()
                        .map(line -> line.replaceAll(
                                ".*\"customer_id\":\"(\\w+)\".*\"kind\":\"(\\w+)\".*\"effective_at\":\"([^\"]+)\".*",
                                "$1 $2 $3")))
                .containsExactly(
                        "ann ENTERED 2025-01-01T11:00:00.000Z",
                        "ann EXITED 2025-01-01T12:00:00.000Z",
                        "bob ENTERED 2025-01-01T12:30:00.000Z");
        CommandRun without = replay(file("shop.jsonl", VIEWS), "--segments", segments.toString());
        assertThat(without.errLines())
                .contains("product(): nothing is known of any product, so that all its fields are unset; name a file"
                        + " with --products FILE");
        CommandRun empty = replay(
                file("shop.jsonl", VIEWS),
                "--products",
                file("none.csv", "product_id\n").toString());
        assertThat(empty.code()).isEqualTo(2);
        assertThat(empty.err()).contains("--products: ", "none.csv says nothing of any product");
    }

    private static final String ORDERS = """
            {"type":"order_completed","customer_id":"ann","event_id":"1","occurred_at":"2025-01-01T10:00:00Z","total":30,"currency":"EUR"}
            {"type":"order_completed","customer_id":"ann","event_id":"2","occurred_at":"2025-01-02T10:00:00Z","total":100,"currency":"usd"}
            {"type":"order_completed","customer_id":"ann","event_id":"3","occurred_at":"2025-01-03T10:00:00Z","total":5000,"currency":"JPY"}
            """;

    @Test
    void convertsAmountsToShopCurrency() throws IOException {
        Path segments = file("spent.yaml", "trait: spent\nvalue: string(purchase.map(o, o.total).sum())\n");
        Path settings = file(
                "segue.yaml", "currency: {shop: EUR, rates: {USD: 0.9}}\nsegments: {directories: " + segments + "}\n");
        CommandRun run = replay(file("orders.jsonl", ORDERS), "--config", settings.toString());
        assertThat(run.out().lines().toList()).hasSize(2);
        assertThat(run.out()).contains("\"value\":\"30.0\"").contains("\"value\":\"120.0\"");
        assertThat(run.errLines())
                .contains(
                        "1 event with money in a currency without a rate, such as 'JPY': the money counts as unset; add"
                                + " its rate to currency.rates of the settings");
        assertThat(run.err()).doesNotContain("several currencies");
    }

    @Test
    void reportsMixedCurrenciesOnce() throws IOException {
        Path segments = file("spent.yaml", "trait: spent\nvalue: string(purchase.map(o, o.total).sum())\n");
        CommandRun run = replay(file("orders.jsonl", ORDERS), "--segments", segments.toString());
        assertThat(run.out()).contains("\"value\":\"5130.0\"");
        assertThat(run.errLines())
                .contains(
                        "events have several currencies, 1 in EUR, 1 in JPY, 1 in USD: the amounts were added"
                                + " without conversion; set currency.shop and currency.rates, and name the settings with --config");
        CommandRun one =
                replay(file("one.jsonl", ORDERS.lines().findFirst().orElseThrow()), "--segments", segments.toString());
        assertThat(one.err()).doesNotContain("several currencies");
    }

    @Test
    void writesReachAsMarkdown() throws IOException {
        Path segments = file("prospects.yaml", """
                segment: looked
                when: product_viewed.within('1h').count() > 0
                ---
                segment: looked-ever
                when: product_viewed.count() > 0
                ---
                segment: ordered
                when: order_completed.count() > 0
                """);
        CommandRun run = replay(
                file("shop.jsonl", """
                        {"type":"product_viewed","customer_id":"ann","event_id":"1","occurred_at":"2025-01-01T10:00:00Z"}
                        {"type":"product_viewed","customer_id":"bob","event_id":"2","occurred_at":"2025-01-01T10:30:00Z"}
                        {"type":"product_viewed","customer_id":"ann","event_id":"3","occurred_at":"2025-01-01T12:00:00Z"}
                        """), "--segments", segments.toString(), "--until", "+0s", "--summary", "markdown");
        assertThat(run.errLines())
                .containsExactly(
                        "| segment | customers who entered | members at the end |",
                        "|---|---:|---:|",
                        "| looked | 2 | 1 |",
                        "| looked-ever | 2 | 2 |",
                        "",
                        "Of 2 customers. No customer entered ordered.");
    }

    @Test
    void bothSummariesListReplacedValues() throws IOException {
        Path segments = file("ordered.yaml", "segment: ordered\nwhen: order_completed.count() > 0\n");
        Path events = file("zones.jsonl", """
                {"type":"order_completed","customer_id":"ann","event_id":"1","occurred_at":"2025-01-01T10:00:00Z",\
                "timezone":"Nowhere/Land"}
                """);
        String note = "1 event with an unknown time zone, such as 'Nowhere/Land'";
        CommandRun text = replay(events, "--segments", segments.toString(), "--until", "+0s");
        assertThat(text.errLines()).anyMatch(line -> line.startsWith(note));
        CommandRun markdown =
                replay(events, "--segments", segments.toString(), "--until", "+0s", "--summary", "markdown");
        assertThat(markdown.errLines()).anyMatch(line -> line.startsWith("* " + note));
    }

    @Test
    void refusesUnknownSummary() throws IOException {
        assertMistake(
                replay(file("a.jsonl", ""), "--summary", "html"), "--summary: 'html' is neither text nor markdown.");
    }

    @Test
    void reportsMissingFile() {
        assertMistake(replay(directory.resolve("none.jsonl")), "There is no file " + directory.resolve("none.jsonl"));
    }

    @Test
    void reportsMissingMapping() throws IOException {
        assertMistake(
                replay(file("a.csv", HEADER), "--mapping", "mappings/nope.yaml"),
                "There is no mappings/nope.yaml here; name it with --mapping.");
    }

    @Test
    void reportsProblemsOfMapping() throws IOException {
        Path mapping = file("m.yaml", "mapping: m\nformat: csv\ncolumn: [a]\n");
        CommandRun run = replay(file("a.csv", "a\n1\n"), "--mapping", mapping.toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .contains("m.yaml:3:1: unknown key 'column'. Did you mean 'columns'?")
                .contains("  | column: [a]")
                .contains("the key 'events' is missing")
                .doesNotContain("Exception");
    }

    @Test
    void namesUnknownColumn() throws IOException {
        assertMistake(
                replay(file("a.csv", HEADER.replace("unit_price", "unitprice")), "--mapping", "mappings/rees46.yaml"),
                "write the mapping's columns as the file has them, capitals and blanks included: 'unitprice' for"
                        + " 'unit_price'.");
    }

    @Test
    void reportsFileWithoutEvents() throws IOException {
        CommandRun run = replay(file("a.csv", "{}\n{}\n"));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("None of the 2 rows of ").contains("Is --mapping the right one for it?");
    }

    @Test
    void namesTheMappingThatAForeignFileNeeds() throws IOException {
        CommandRun run = replay(file("a.csv", HEADER + "1,ann,view,,,,,,,,\n"));
        assertThat(run.err())
                .contains("not JSON lines; name a --mapping: lines 1 ('")
                .contains("is an event. Most often: not JSON lines; name a --mapping.")
                .doesNotContain("token", "mapping..", "Is --mapping");
    }

    @Test
    void saysWhatAFileIsThatIsNotText() throws IOException {
        Path book = Files.write(directory.resolve("a.xlsx"), new byte[] {'P', 'K', 3, 4, 0});
        assertMistake(replay(book), "a.xlsx is an Excel workbook; save the sheet as CSV.");
        Path zip = Files.write(directory.resolve("a.zip"), new byte[] {'P', 'K', 3, 4, 0});
        assertMistake(replay(zip), "a.zip is a zip archive; unpack it first.");
        assertMistake(replay(file("a.bz2", "BZh91AY")), "a.bz2 is compressed with bzip2; decompress it first");
    }

    @Test
    void showsTheTimeAsTheFileHasIt() throws IOException {
        Path mapping = file("m.yaml", """
                mapping: m
                format: csv
                columns: [at, customer]
                customer: row.customer
                time: {value: row.at, as: micros}
                events: [{type: page_viewed}]
                """);
        Path events = file("a.csv", "at,customer\n1772359200000,a\n");
        assertThat(replay(events, "--mapping", mapping.toString()).err())
                .contains("'1772359200000' is read as 1970-01-21T12:19:19.200Z, before the earliest allowed time,")
                .contains("; it looks like milliseconds: 2026-03-01T10:00:00Z");
    }

    @Test
    void countsWhatIsAfterUntilAndAheadOfTheClock() throws IOException {
        Path events = file("shop.jsonl", """
                {"type":"product_viewed","customer_id":"ann","event_id":"1","occurred_at":"2026-01-01T11:00:00Z"}
                {"type":"product_viewed","customer_id":"ann","event_id":"2","occurred_at":"2200-01-01T11:00:00Z"}
                """);
        CommandRun run = replay(events, "--until", "2026-02-01T00:00:00Z");
        assertThat(run.err())
                .contains("1 event of 1 customer")
                .contains("1 event after --until was left out")
                .contains("shop.jsonl: 1 event is more than a day later than this machine's clock, first in line 2"
                        + " (2200-01-01T11:00:00Z)");
    }

    @Test
    void replaysTruncatedFileUpToBreakAndFails() throws IOException {
        StringBuilder rows = new StringBuilder(HEADER);
        Random random = new Random(3);
        for (int row = 1; row <= 20_000; row++) {
            rows.append(1_700_000_000_000L + row)
                    .append(",c")
                    .append(random.nextInt(100_000))
                    .append(",view,,p,,,,,,\n");
        }
        byte[] whole = gzip(rows.toString());
        Path file = directory.resolve("cut.csv.gz");
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        CommandRun run = replay(file, "--mapping", "mappings/rees46.yaml");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.errLines().get(0)).matches("[0-9]+,[0-9]{3} events of .*");
        assertThat(run.errLines().get(run.errLines().size() - 1))
                .startsWith("failed: " + file + " breaks off after line ")
                .endsWith("Everything before that was used.");
    }

    @Test
    void losesOnlyRowWithUnclosedQuote() throws IOException {
        Path file = file(
                "a.csv",
                HEADER
                        + "1772359200000,ann,view,,,,,,,,\n1772359201000,ann,view,,\"p,,,,,,\n1772359202000,ann,view,,,,,,,,\n");
        CommandRun run = replay(file, "--mapping", "mappings/rees46.yaml");
        assertThat(run.code()).isZero();
        assertThat(run.err())
                .contains("2 events of 1 customer")
                .contains("a.csv: 4 lines = 2 rows read + 1 refused + 1 header + 0 blank")
                .contains("1  a quote that is not closed: line 3 (to the end of the file)");
    }

    @Test
    void failsIfMoreThanHalfOfRowsWereRefused() throws IOException {
        String good = "1772359200000,ann,view,,,,,,,,\n";
        String bad = "1772359200000,,view,,,,,,,,\n";
        CommandRun half = replay(file("half.csv", HEADER + good + bad), "--mapping", "mappings/rees46.yaml");
        assertThat(half.code()).isZero();
        CommandRun more = replay(file("more.csv", HEADER + good + bad + bad), "--mapping", "mappings/rees46.yaml");
        assertThat(more.code()).isEqualTo(1);
        assertThat(more.errLines().get(more.errLines().size() - 1))
                .contains("2 of 3 rows of ")
                .endsWith("more.csv were refused, more than half. Most often: no customer. The rest was used.");
    }

    @Test
    void sortsReversedFileByDefault() throws IOException {
        Path file = file("shop.jsonl", """
                {"type":"product_viewed","customer_id":"ann","event_id":"2","occurred_at":"2026-01-01T11:00:00Z"}
                {"type":"product_viewed","customer_id":"bob","event_id":"3","occurred_at":"2026-01-01T11:30:00Z"}
                {"type":"product_viewed","customer_id":"ann","event_id":"1","occurred_at":"2026-01-01T10:00:00Z"}
                """);
        CommandRun sorted = replay(file);
        assertThat(sorted.err())
                .contains("shop.jsonl: not in order of time; 1 event that followed a later one was sorted")
                .doesNotContain("were late");
        CommandRun asItIs = replay(file, "--sort-within", "0s");
        assertThat(asItIs.err())
                .contains("1 event was late: it followed a later event of their customer")
                .doesNotContain("not in order");
        CommandRun inPart = replay(file, "--sort-within", "30m");
        assertThat(inPart.err())
                .contains("1 event was late")
                .contains("shop.jsonl: only partly sorted: 1 event still follows later ones, because more than 30m lie"
                        + " between");
        assertMistake(
                replay(file, "--sort-within", "soon"),
                "--sort-within: 'soon' is not a duration. Write a whole number and one unit of ms, s, m, h, d, w, such as '30m'.");
    }

    @Test
    void explainsUntil() throws IOException {
        assertMistake(
                replay(file("a.jsonl", ""), "--until", "tomorrow"),
                "--until: 'tomorrow' is neither a timestamp like 2025-11-01T12:00:00Z nor a duration like");
    }

    @Test
    void reportsUnwritableOutput() throws IOException {
        Path out = directory.resolve("none").resolve("changes.jsonl");
        assertMistake(replay(file("a.jsonl", ""), "--out", out.toString()), "--out: " + out + " cannot be written");
    }

    @Test
    void refusesUnknownOptionsInOneSentence() {
        CommandRun run = CommandRun.of("replay", "--event", "x");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.errLines()).hasSize(2);
        assertThat(run.errLines().get(1)).isEqualTo("Try 'segue replay --help'.");
    }

    @Test
    void refusesReplayWithOneInvalidDefinition() throws IOException {
        Path segments = Files.createDirectory(directory.resolve("segments"));
        Files.writeString(segments.resolve("good.yaml"), "segment: good\nwhen: product_viewed.count() > 0\n");
        Files.writeString(segments.resolve("bad.yaml"), "segment: bad\nwhen: product_viewed.cont() > 0\n");
        CommandRun run = replay(file("a.jsonl", ""), "--segments", segments.toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("bad.yaml:2:").doesNotContain("good.yaml");
    }

    @Test
    void usesGivenZone() throws IOException {
        Path segments = file("night.yaml", "segment: night\nwhen: product_viewed.exists(v, v.hour == 1)\n");
        Path events = file("a.jsonl", """
                {"type":"product_viewed","customer_id":"ann","event_id":"1","occurred_at":"2025-01-01T00:30:00Z"}
                """);
        assertThat(replay(events, "--segments", segments.toString()).out()).isEmpty();
        assertThat(replay(events, "--segments", segments.toString(), "--zone", "Europe/Berlin")
                        .out())
                .contains("\"segment\":\"night\"");
        assertMistake(
                replay(events, "--zone", "Berlin"),
                "--zone: 'Berlin' is not a time zone such as Europe/Berlin, UTC or +05:30.");
    }

    @Test
    void overridesChangeVersion() throws IOException {
        Path segments = file("seen.yaml", """
                segment: seen
                params: {least: 2}
                when: product_viewed.count() >= params.least
                """);
        Path events = file("a.jsonl", views(3, 1));
        Path settings =
                file("segue.yaml", "segments: {directories: [" + segments + "], overrides: {seen: {least: 3}}}\n");
        String shipped = replay(events, "--segments", segments.toString()).out();
        String set = replay(events, "--segments", segments.toString(), "--set", "seen.least=3")
                .out();
        assertThat(shipped).contains("\"event_id\":\"c0-1\"");
        assertThat(set).contains("\"event_id\":\"c0-2\"");
        assertThat(version(set)).isNotEqualTo(version(shipped));
        assertThat(replay(events, "--config", settings.toString()).out()).isEqualTo(set);
        assertThat(replay(events, "--config", settings.toString(), "--set", "seen.least=2")
                        .out())
                .isEqualTo(shipped);
    }

    @Test
    void usesZoneAndDedupWindowOfSettings() throws IOException {
        Path segments = file("night.yaml", "segment: night\nwhen: product_viewed.exists(v, v.hour == 1)\n");
        Path events = file("a.jsonl", """
                {"type":"product_viewed","customer_id":"ann","event_id":"1","occurred_at":"2025-01-01T00:30:00Z"}
                {"type":"product_viewed","customer_id":"ann","event_id":"2","occurred_at":"2025-01-01T00:31:00Z"}
                {"type":"product_viewed","customer_id":"ann","event_id":"1","occurred_at":"2025-01-01T00:32:00Z"}
                """);
        Path settings = file(
                "segue.yaml",
                "zone: Europe/Berlin\nlimits: {dedup_window: 1}\nsegments: {directories: " + segments + "}\n");
        CommandRun run = replay(events, "--config", settings.toString());
        assertThat(run.out()).contains("\"segment\":\"night\"");
        assertThat(run.err()).contains("0 duplicates");
        assertThat(replay(events, "--config", settings.toString(), "--zone", "UTC")
                        .out())
                .isEmpty();
    }

    @Test
    void reportsTooNarrowAndTooWideSegments() throws IOException {
        Path segments = file("widths.yaml", """
                segment: everybody
                when: product_viewed.count() > 0
                ---
                segment: nearly
                when: product_viewed.exists(v, v.product_id == 'p')
                ---
                segment: nobody
                when: product_viewed.count() > 1000
                ---
                segment: was-once
                when: product_viewed.within('1h').count() > 0
                """);
        Path events = file("a.jsonl", views(1, 20));
        Path settings = file("segue.yaml", """
                segments: {directories: %s, width: {after_customers: 20, nearly_everybody: 0.95}}
                """.formatted(segments));
        CommandRun run = replay(events, "--config", settings.toString(), "--until", "+2h");
        assertThat(run.err()).contains("""
                too narrow? Never contained any of 20 customers:
                  nobody
                too wide? At the end contained nearly all of 20 customers:
                  everybody (100.0 %), nearly (95.0 %)
                """);
        Path oneMore = file("more.yaml", Files.readString(settings).replace("20,", "21,"));
        assertThat(replay(events, "--config", oneMore.toString()).err()).doesNotContain("too narrow", "too wide");
        assertThat(replay(events, "--segments", segments.toString()).err())
                .as("the usual 1000 customers are not there")
                .doesNotContain("too narrow", "too wide");
    }

    /** The given number of views of each customer, a minute apart; the first customer's views name no product. */
    private static String views(int each, int customers) {
        StringBuilder lines = new StringBuilder();
        for (int customer = 0; customer < customers; customer++) {
            for (int view = 0; view < each; view++) {
                lines.append("{\"type\":\"product_viewed\",\"customer_id\":\"c%d\",\"event_id\":\"c%d-%d\","
                                .formatted(customer, customer, view))
                        .append("\"occurred_at\":\"2025-01-01T10:0%d:00Z\",\"product_id\":\"%s\"}\n"
                                .formatted(view, customer == 0 ? "" : "p"));
            }
        }
        return lines.toString();
    }

    private static String version(String changes) {
        return changes.replaceAll("(?s).*?\"definition_version\":\"([0-9a-f]+)\".*", "$1");
    }

    @Test
    void usesGivenDedupWindow() throws IOException {
        Path events = file("a.jsonl", """
                {"type":"product_viewed","customer_id":"ann","event_id":"1","occurred_at":"2025-01-01T00:30:00Z"}
                {"type":"product_viewed","customer_id":"ann","event_id":"2","occurred_at":"2025-01-01T00:31:00Z"}
                {"type":"product_viewed","customer_id":"ann","event_id":"1","occurred_at":"2025-01-01T00:32:00Z"}
                """);
        assertThat(replay(events).err()).contains("3 events of 1 customer; 1 duplicate");
        assertThat(replay(events, "--dedup-window", "1").err()).contains("3 events of 1 customer; 0 duplicates");
        assertMistake(
                replay(events, "--dedup-window", "257"),
                "--dedup-window: the dedup window must be from 1 to 256, not 257.");
    }

    private static void assertMistake(CommandRun run, String sentence) {
        assertThat(run.err()).contains(sentence);
        assertThat(run.errLines()).hasSize(1);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
    }

    private static CommandRun replay(Path events, String... more) {
        String[] args = new String[3 + more.length];
        args[0] = "replay";
        args[1] = "--events";
        args[2] = events.toString();
        System.arraycopy(more, 0, args, 3, more.length);
        return CommandRun.of(args);
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    private static byte[] gzip(String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
