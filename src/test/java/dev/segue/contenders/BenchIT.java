package dev.segue.contenders;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The benchmark itself, on few events: whether it works, not how fast anything is. */
class BenchIT {
    @Test
    void endsWithATableAndJson(@TempDir Path directory) throws Exception {
        StringWriter screen = new StringWriter();
        Path file = directory.resolve("bench.json");
        int code = new CommandLine(new Bench(new PrintWriter(screen, true)))
                .execute(
                        "--contenders=bare-alo,segue-five-eos",
                        // Enough for several commits in the second half, or no rate could be told.
                        "--events=20000",
                        "--shoppers=2000",
                        "--rounds=1",
                        "--pace=300",
                        "--pace-seconds=3",
                        "--warm-up-seconds=2",
                        "--out=" + file);
        System.out.println(screen);
        assertThat(code).isZero();
        assertThat(screen.toString())
                .containsPattern("(?m)^bare-alo +1 .* none$")
                .containsPattern("(?m)^segue-five-eos +1 .* right$");
        JsonNode contenders = new ObjectMapper().readTree(file.toFile()).get("contenders");
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

    /** Who knows the time from events only tells nothing more where none come. */
    @Test
    void tellsWhoseAnswersSurviveASilentPartitionAndAKill() {
        StringWriter screen = new StringWriter();
        int code = new CommandLine(new Bench(new PrintWriter(screen, true)))
                .execute(
                        "--contenders=segue-five-eos,dsl-eos",
                        "--events=20000",
                        "--shoppers=2000",
                        "--rounds=1",
                        "--pace=0",
                        "--idle-partition",
                        "--restart");
        System.out.println(screen);
        assertThat(code).isZero();
        assertThat(screen.toString())
                .containsPattern("(?m)^segue-five-eos +1 +- .* right$")
                .containsPattern("(?m)^dsl-eos +1 +- .* WRONG, see below$")
                .containsPattern("(?m)^dsl-eos: of \\d+ changes, \\d+ are missing \\(such as ");
    }

    /** The cart of somebody whose addition comes after its removal is not empty for who keeps lines only. */
    @Test
    void tellsWhoseMembershipsAreRightThoughEventsComeLate(@TempDir Path directory) throws Exception {
        StringWriter screen = new StringWriter();
        Path file = directory.resolve("bench.json");
        int code = new CommandLine(new Bench(new PrintWriter(screen, true)))
                .execute(
                        "--contenders=segue-five-eos,dsl-eos",
                        "--events=20000",
                        "--shoppers=2000",
                        "--rounds=1",
                        "--pace=0",
                        "--late",
                        "--out=" + file);
        System.out.println(screen);
        assertThat(code).isZero();
        assertThat(screen.toString())
                .containsPattern("(?m)^segue-five-eos +1 .* right$")
                .containsPattern("(?m)^dsl-eos: of \\d+ memberships in the end, \\d+ are missing.* in cart-abandoned");
        assertThat(new ObjectMapper().readTree(file.toFile()).get("late").asBoolean())
                .isTrue();
    }

    private static void requirePaced(JsonNode paced) {
        for (String figure :
                new String[] {"byEvent", "eventP50", "eventP99", "eventP999", "byTime", "deadlineP50", "deadlineP99"}) {
            assertThat(paced.get(figure).asDouble()).as(figure).isPositive();
        }
        assertThat(paced.get("byTime").asInt()).isEqualTo(paced.get("due").asInt());
    }

    @Test
    void wrongAnswersAreToldWithAnExample() {
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
    void whoIsInTheWrongSegmentInTheEndIsToldWhateverTheInstants() {
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
    void toldAgainIsWrongExactlyOnceAndRightAtLeastOnce() {
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
