// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The benchmark itself, with few events: tests that it works, not speed. Most of it takes minutes, and runs on demand. */
class BenchIT {
    private static final List<String> FEW = List.of("--events=20000", "--shoppers=500", "--rounds=1");

    private static final List<String> LIVED = List.of("--shop=lived", "--events=6000", "--shoppers=100", "--rounds=1");

    @TempDir
    private Path directory;

    @Test
    void printsTableAndWritesJson() throws Exception {
        assertThat(run("--contenders=bare-alo,segue-five-eos", "--pace=300", "--pace-seconds=3", "--warm-up-seconds=2"))
                .containsPattern("(?m)^bare-alo +1 .* none$")
                .containsPattern("(?m)^segue-five-eos +1 .* right$");
        JsonNode contenders = json().get("contenders");
        for (String name : new String[] {"bare-alo", "segue-five-eos"}) {
            JsonNode run = contenders.get(name).get("rounds").get(0);
            assertThat(run.get("eventsPerSecond").asDouble()).as(name).isPositive();
            assertThat(run.get("cpuMicros").asDouble()).as(name).isPositive();
            assertThat(run.get("workMicros").asDouble())
                    .as(name)
                    .isPositive()
                    .isLessThanOrEqualTo(run.get("cpuMicros").asDouble());
            assertThat(run.get("changelogBytes").asDouble()).as(name).isPositive();
            assertThat(run.get("wrong").asText()).as(name).isEmpty();
        }
        assertThat(contenders
                        .get("segue-five-eos")
                        .get("rounds")
                        .get(0)
                        .get("changes")
                        .asInt())
                .isPositive();
        assertThat(contenders.get("bare-alo").has("paced")).isFalse();
        requirePaced(contenders.get("segue-five-eos").get("paced"));
    }

    @Test
    void measuresEditsUnderLiveEvents() throws Exception {
        assertThat(run(List.of(), "--edits", "--quick", "--events=6000"))
                .containsPattern("(?m)^fill +\\d+ .* [\\d,]+$")
                .containsPattern("(?m)^threshold +[\\d,]+ .* -$")
                .containsPattern("(?m)^next threshold +[\\d,]+ .* -$");
        JsonNode fill = json().get("edits").get(0);
        assertThat(fill.get("pastEventsPerSecond").asLong()).isPositive();
        assertThat(fill.get("during").get("longest").asLong()).isPositive();
    }

    /** A contender that derives time from events publishes nothing more in a partition without events. */
    @Test
    @Tag("faults")
    void comparesAnswersAfterIdlePartitionAndKill() {
        assertThat(run("--contenders=segue-five-eos,dsl-eos", "--pace=0", "--idle-partition", "--restart"))
                .containsPattern("(?m)^segue-five-eos +1 +- .* right$")
                .containsPattern("(?m)^dsl-eos +1 +- .* WRONG, see below$")
                .containsPattern("(?m)^dsl-eos: of \\d+ changes, \\d+ are missing \\(such as ");
    }

    /**
     * If an addition arrives after its removal, code that keeps only the lines of a cart considers the cart not empty.
     */
    @Test
    @Tag("faults")
    void comparesMembershipsWithLateEvents() throws Exception {
        assertThat(run("--contenders=segue-five-eos,dsl-eos", "--pace=0", "--late"))
                .containsPattern("(?m)^segue-five-eos +1 .* right$")
                .containsPattern("(?m)^dsl-eos: of \\d+ memberships in the end, .* in cart-abandoned\\)$");
        assertThat(json().get("late").asBoolean()).isTrue();
    }

    @Test
    @Tag("faults")
    void measuresLivedShopAfterItsHistory() throws Exception {
        assertThat(run(LIVED, "--contenders=segue-five-eos"))
                .containsPattern("6000 events of 100 customers after \\d{5} of their history, seed 1")
                .containsPattern("(?m)^segue-five-eos +1 .* right$");
        JsonNode run =
                json().get("contenders").get("segue-five-eos").get("rounds").get(0);
        assertThat(json().get("shop").asText()).isEqualTo("lived");
        assertThat(run.get("eventsPerSecond").asDouble()).isPositive();
        assertThat(run.get("work").get("wakeUps").asDouble()).isBetween(0.01, 5.0);
        assertThat(run.get("work").get("evaluations").asDouble()).isBetween(0.01, 5.0);
        assertThat(run.get("work").get("recordsOut").asDouble()).isBetween(0.01, 5.0);
        // Each partition has a customer for its last event.
        assertThat(run.get("states").get("customers").asInt()).isEqualTo(104);
    }

    private String run(String... arguments) {
        return run(FEW, arguments);
    }

    private String run(List<String> size, String... arguments) {
        StringWriter screen = new StringWriter();
        List<String> all = new ArrayList<>(size);
        all.addAll(List.of(arguments));
        all.add("--out=" + file());
        int code = new CommandLine(new Bench(new PrintWriter(screen, true))).execute(all.toArray(new String[0]));
        System.out.println(screen);
        assertThat(code).isZero();
        return screen.toString();
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(file().toFile());
    }

    private Path file() {
        return directory.resolve("bench.json");
    }

    private static void requirePaced(JsonNode paced) {
        for (String figure :
                new String[] {"byEvent", "eventP50", "eventP99", "eventP999", "byTime", "deadlineP50", "deadlineP99"}) {
            assertThat(paced.get(figure).asDouble()).as(figure).isPositive();
        }
        assertThat(paced.get("byTime").asInt()).isEqualTo(paced.get("due").asInt());
    }

    @Test
    void reportsWrongAnswersWithExample() {
        Answers right = new Answers();
        right.add("ann", "cart-abandoned", "ENTERED", 3_600_000);
        right.add("bob", "loyal-customer", "ENTERED", 1000);
        Answers told = new Answers();
        told.add("ann", "cart-abandoned", "ENTERED", 3_600_001);
        told.add("bob", "loyal-customer", "ENTERED", 1000);
        assertThat(right.wrongIn(right, true)).isEmpty();
        assertThat(right.wrongIn(told, true))
                .isEqualTo("of 2 changes, 1 are missing (such as ann cart-abandoned ENTERED 1970-01-01T01:00:00Z),"
                        + " and 1 should not be there (such as ann cart-abandoned ENTERED 1970-01-01T01:00:00.001Z)");
    }

    @Test
    void reportsWrongMembershipsWhateverTheInstants() {
        Answers right = new Answers();
        right.add("ann", "cart-abandoned", "ENTERED", 3_600_000);
        right.add("bob", "loyal-customer", "ENTERED", 1000);
        right.add("bob", "loyal-customer", "EXITED", 2000);
        Answers told = new Answers();
        told.add("ann", "cart-abandoned", "ENTERED", 4_000_000);
        assertThat(right.wrongInTheEndIn(told)).isEmpty();
        told.add("ann", "cart-abandoned", "EXITED", 5_000_000);
        told.add("bob", "loyal-customer", "ENTERED", 1000);
        assertThat(right.wrongInTheEndIn(told))
                .isEqualTo("of 1 memberships in the end, 1 are missing (such as ann in cart-abandoned),"
                        + " and 1 should not be there (such as bob in loyal-customer)");
    }

    @Test
    void repeatedChangeIsWrongUnderExactlyOnceOnly() {
        Answers right = new Answers();
        right.add("ann", "cart-abandoned", "ENTERED", 3_600_000);
        Answers told = new Answers();
        told.add("ann", "cart-abandoned", "ENTERED", 3_600_000);
        told.add("ann", "cart-abandoned", "ENTERED", 3_600_000);
        assertThat(right.wrongIn(told, true)).contains("0 are missing, and 1 should not be there");
        assertThat(right.wrongIn(told, false)).isEmpty();
        assertThat(told.wrongIn(right, false)).contains("1 are missing");
    }
}
