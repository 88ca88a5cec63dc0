// SPDX-License-Identifier: Apache-2.0
package dev.segue.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.EndpointSettings;
import dev.segue.delivery.DeliveryMeters.Outcome;
import dev.segue.delivery.LetterDesk.Shown;
import dev.segue.delivery.Receiver.Reply;
import dev.segue.demo.broker.EmbeddedBroker;
import dev.segue.event.TriggerDecision.Kind;
import dev.segue.runtime.Health;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Letters between a broker and a receiver. */
class DeliveryIT {
    private static final List<Duration> QUICK =
            List.of(Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(200));
    private static final List<Duration> PATIENT = List.of(Duration.ofHours(5), Duration.ofHours(5));

    @TempDir
    static Path directory;

    private static EmbeddedBroker broker;

    private final Receiver receiver = new Receiver();
    private final Instant now = Instant.now();
    private String name = "";

    @BeforeAll
    static void startBroker() throws Exception {
        broker = EmbeddedBroker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void name(TestInfo test) {
        name = test.getTestMethod().orElseThrow().getName();
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    private DeliveryStage stage(List<Duration> retries, EndpointSettings... endpoints) throws Exception {
        return new DeliveryStage(broker.bootstrapServers(), name, directory.resolve(name), retries, endpoints);
    }

    private DeliveryStage stage(List<Duration> retries) throws Exception {
        return stage(retries, DeliveryStage.endpoint("crm", receiver.url()));
    }

    private Decisions send(String customer, String activation) {
        return Decisions.send(customer, activation).at(now);
    }

    @Test
    void sendsWhatIsToBeSentOnItsChannel() throws Exception {
        try (DeliveryStage stage = stage(QUICK)) {
            stage.decide(send("ann", "a-1"));
            stage.decide(send("ann", "a-2").of(Kind.HELD_OUT));
            stage.decide(send("ann", "a-3").on("sms"));
            stage.write("ann", "not a decision".getBytes(StandardCharsets.UTF_8));
            stage.decide(send("ann", "a-4"));
            Delivery delivery = stage.start();
            DeliveryStage.await("both arrive", () -> receiver.got().size() == 2);
            assertThat(receiver.ids()).containsExactly("a-1", "a-4");
            DeliveryStage.await("all is committed", () -> stage.isAllCommitted("crm"));
            assertThat(stage.count("crm", Outcome.DELIVERED)).isEqualTo(2);
            assertThat(stage.count("crm", Outcome.UNREADABLE)).isEqualTo(1);
            assertThat(stage.letters()).isEmpty();
            assertThat(delivery.checks())
                    .extracting(check -> check.get())
                    .containsExactly(new Health.Check("endpoint crm", true, "takes letters"));
            delivery.close();
            stage.start();
            stage.decide(send("bob", "b-1"));
            DeliveryStage.await("the next arrives", () -> receiver.got().size() == 3);
            assertThat(receiver.ids()).containsExactly("a-1", "a-4", "b-1");
        }
    }

    @Test
    void otherKindsOfDecisionsHaveTheirOwnIds() throws Exception {
        EndpointSettings books = DeliveryStage.endpoint(
                "books", receiver.url(), Set.of(Kind.SEND, Kind.HELD_OUT, Kind.CANCELLED, Kind.GOAL));
        try (DeliveryStage stage = stage(QUICK, books)) {
            stage.start();
            stage.decide(send("ann", "a-1"));
            stage.decide(send("ann", "a-1").of(Kind.GOAL));
            stage.decide(send("ann", "a-2").of(Kind.CANCELLED));
            DeliveryStage.await("all arrive", () -> receiver.got().size() == 3);
            assertThat(receiver.ids()).containsExactly("a-1", "a-1-GOAL", "a-2-CANCELLED");
        }
    }

    @Test
    void failingLetterHoldsUpOnlyItsCustomer() throws Exception {
        AtomicInteger failures = new AtomicInteger();
        receiver.answer(request ->
                request.id().equals("a-1") && failures.incrementAndGet() <= 3 ? Reply.of(500) : Reply.of(200));
        try (DeliveryStage stage =
                stage(List.of(Duration.ofMillis(400), Duration.ofMillis(400), Duration.ofSeconds(1)))) {
            stage.decide(send("ann", "a-1"));
            stage.decide(send("ann", "a-2"));
            stage.decide(send("bob", "b-1"));
            stage.start();
            DeliveryStage.await("all arrive", () -> receiver.got().size() == 6);
            assertThat(receiver.ids())
                    .filteredOn(id -> id.startsWith("a"))
                    .containsExactly("a-1", "a-1", "a-1", "a-1", "a-2");
            assertThat(receiver.ids().indexOf("b-1")).isLessThan(2);
            DeliveryStage.await(
                    "nothing is stored any more", () -> stage.letters().isEmpty());
        }
    }

    @Test
    void letterIsParkedAfterLastAttemptAndSentAgainByHand() throws Exception {
        receiver.answer(422);
        try (DeliveryStage stage = stage(QUICK)) {
            stage.start();
            stage.decide(send("ann", "a-1"));
            stage.decide(send("ann", "a-2"));
            DeliveryStage.await(
                    "both are parked",
                    () -> stage.letters().stream().filter(Shown::parked).count() == 2);
            assertThat(receiver.ids()).hasSize(8);
            assertThat(stage.letters())
                    .allSatisfy(letter -> assertThat(letter.reason()).isEqualTo("status 422"))
                    .allSatisfy(letter -> assertThat(letter.attempts()).isEqualTo(4));
            receiver.answer(200);
            stage.decide(Decisions.cancelled("ann", "a-1").at(now));
            DeliveryStage.await("it is cancelled", () -> stage.letters().size() == 1);
            new LetterDesk(stage.settings).redrive(List.of("crm"));
            DeliveryStage.await("it arrives", () -> receiver.got().size() == 9);
            assertThat(receiver.ids().get(8)).isEqualTo("a-2");
            DeliveryStage.await(
                    "nothing is parked any more", () -> stage.letters().isEmpty());
            assertThat(stage.count("crm", Outcome.CANCELLED)).isEqualTo(1);
            assertThat(stage.count("crm", Outcome.REDRIVEN)).isEqualTo(1);
        }
    }

    @Test
    void waitingLettersSurviveRestart() throws Exception {
        receiver.answer(503);
        try (DeliveryStage stage = stage(PATIENT)) {
            Delivery first = stage.start();
            stage.decide(send("ann", "a-1"));
            stage.decide(send("ann", "a-2"));
            DeliveryStage.await("both are stored", () -> stage.letters().size() == 2);
            DeliveryStage.await("the offset does not wait", () -> stage.isAllCommitted("crm"));
            first.close();
            assertThat(receiver.ids()).containsExactly("a-1");
            receiver.answer(200);
            // Hours later, by the clock of the second instance.
            stage.start(() -> Instant.now().plus(Duration.ofHours(6)));
            DeliveryStage.await("both arrive", () -> receiver.got().size() == 3);
            assertThat(receiver.ids()).containsExactly("a-1", "a-1", "a-2");
            DeliveryStage.await(
                    "nothing is stored any more", () -> stage.letters().isEmpty());
        }
    }

    @Test
    void nothingIsSentAfterItHasExpired() throws Exception {
        receiver.answer(request -> request.id().equals("b-1") ? Reply.of(200) : Reply.of(500));
        try (DeliveryStage stage = stage(PATIENT)) {
            stage.start();
            stage.decide(send("ann", "a-1").expiresAfter(Duration.ofSeconds(3)));
            stage.decide(send("ann", "a-2").expiresAfter(Duration.ofSeconds(-1)));
            stage.decide(send("bob", "b-1"));
            DeliveryStage.await("both have expired", () -> stage.count("crm", Outcome.EXPIRED) == 2);
            DeliveryStage.await(
                    "nothing is stored any more", () -> stage.letters().isEmpty());
            assertThat(receiver.ids()).containsExactlyInAnyOrder("a-1", "b-1");
        }
    }

    @Test
    void cancelledLetterIsNotSentAgain() throws Exception {
        receiver.answer(500);
        try (DeliveryStage stage = stage(List.of(Duration.ofSeconds(2), Duration.ofSeconds(2)))) {
            stage.start();
            stage.decide(send("ann", "a-1"));
            DeliveryStage.await("it was tried", () -> receiver.got().size() == 1);
            stage.decide(Decisions.cancelled("ann", "a-1").at(now));
            DeliveryStage.await("it is cancelled", () -> stage.count("crm", Outcome.CANCELLED) == 1);
            Thread.sleep(2_500);
            assertThat(receiver.got()).hasSize(1);
            DeliveryStage.await(
                    "nothing is stored any more", () -> stage.letters().isEmpty());
        }
    }

    /** An attempt that is under way cannot be called back, so the cancellation is not acknowledged before it ends. */
    @Test
    void cancellationIsAcknowledgedAfterAttemptUnderWay() throws Exception {
        receiver.answer(request -> Reply.of(500).after(Duration.ofMillis(600)));
        try (DeliveryStage stage = stage(List.of(Duration.ofMillis(1)))) {
            stage.start();
            stage.decide(send("ann", "a-1"));
            DeliveryStage.await("it is under way", () -> receiver.got().size() == 1);
            stage.decide(Decisions.cancelled("ann", "a-1").at(now));
            DeliveryStage.await("it is acknowledged", () -> stage.isAllCommitted("crm"));
            assertThat(stage.count("crm", Outcome.CANCELLED)).isEqualTo(1);
            Thread.sleep(1_000);
            assertThat(receiver.got()).hasSize(1);
        }
    }

    @Test
    void tombstoneCancelsAllOfCustomer() throws Exception {
        receiver.answer(request -> request.id().startsWith("b")
                ? Reply.of(200)
                : Reply.of(request.id().equals("a-1") ? 410 : 500));
        try (DeliveryStage stage = stage(PATIENT)) {
            stage.start();
            stage.decide(send("ann", "a-1"));
            DeliveryStage.await("it is parked", () -> stage.letters().size() == 1);
            new LetterDesk(stage.settings).switchOn("crm");
            DeliveryStage.await(
                    "it is on again",
                    () -> new LetterDesk(stage.settings)
                            .read(null)
                            .switchedOff()
                            .isEmpty());
            stage.decide(send("ann", "a-2"));
            stage.decide(send("ann", "a-3"));
            DeliveryStage.await("they wait", () -> stage.letters().size() == 3);
            stage.write("ann", null);
            DeliveryStage.await("all are gone", () -> stage.letters().isEmpty());
            assertThat(stage.count("crm", Outcome.CANCELLED)).isEqualTo(3);
            assertThat(receiver.ids()).containsExactly("a-1", "a-2");
        }
    }

    @Test
    void goneSwitchesOffUntilSwitchedOn() throws Exception {
        receiver.answer(410);
        try (DeliveryStage stage = stage(QUICK)) {
            Delivery first = stage.start();
            stage.decide(send("ann", "a-1"));
            DeliveryStage.await("it is parked", () -> stage.letters().size() == 1);
            stage.decide(send("ann", "a-2"));
            DeliveryStage.await("the next is parked, too", () -> stage.letters().size() == 2);
            assertThat(receiver.ids()).containsExactly("a-1");
            Health.Check check = first.checks().get(0).get();
            assertThat(check.ok()).isTrue();
            assertThat(check.degraded()).isTrue();
            assertThat(check.why()).contains("switched off", "410", "switch-on crm");
            first.close();

            receiver.answer(200);
            stage.start();
            LetterDesk desk = new LetterDesk(stage.settings);
            assertThat(desk.read("crm").switchedOff()).containsExactly("crm");
            desk.switchOn("crm");
            DeliveryStage.await(
                    "it is on again", () -> desk.read("crm").switchedOff().isEmpty());
            stage.decide(send("ann", "a-3"));
            DeliveryStage.await("it arrives", () -> receiver.got().size() == 2);
            desk.redrive(List.of("crm"));
            DeliveryStage.await("the parked ones arrive", () -> receiver.got().size() == 4);
            assertThat(receiver.ids()).containsExactly("a-1", "a-3", "a-1", "a-2");
        }
    }

    @Test
    void endpointThatAsksForItIsLeftAlone() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        receiver.answer(
                request -> requests.incrementAndGet() == 1 ? Reply.of(429).with("Retry-After", "2") : Reply.of(200));
        try (DeliveryStage stage = stage(QUICK)) {
            stage.start();
            stage.decide(send("ann", "a-1"));
            DeliveryStage.await("it was tried", () -> receiver.got().size() == 1);
            long begun = System.nanoTime();
            stage.decide(send("bob", "b-1"));
            DeliveryStage.await("both arrive", () -> receiver.got().size() == 3);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(1_500));
        }
    }

    @Test
    void secondInstanceTakesOverInOrder() throws Exception {
        Map<String, Integer> tries = new ConcurrentHashMap<>();
        receiver.answer(request ->
                tries.merge(request.id(), 1, Integer::sum) == 1 && request.id().hashCode() % 5 == 0
                        ? Reply.of(500)
                        : Reply.of(200).after(Duration.ofMillis(5)));
        try (DeliveryStage stage = stage(QUICK)) {
            Delivery first = stage.start();
            List<Decisions> all = new ArrayList<>();
            for (int number = 0; number < 600; number++) {
                all.add(send("c" + number % 40, "c" + number % 40 + "-" + String.format("%03d", number)));
            }
            stage.decideAll(all.subList(0, 200));
            DeliveryStage.await("some arrive", () -> receiver.got().size() > 50);
            stage.start();
            stage.decideAll(all.subList(200, 400));
            DeliveryStage.await("more arrive", () -> receiver.got().size() > 250);
            first.close();
            stage.decideAll(all.subList(400, 600));
            DeliveryStage.await(
                    "all arrive", () -> new HashSet<>(receiver.ids()).size() == 600 && stage.isAllCommitted("crm"));
            DeliveryStage.await(
                    "nothing is stored any more", () -> stage.letters().isEmpty());
            FirstArrivals.requireOrder(receiver.ids());
            System.out.println("take-over: 600 letters in " + receiver.got().size() + " requests");
        }
    }

    @Test
    void dryRunShowsWhatWouldBeSentAndCommitsNothing() throws Exception {
        try (DeliveryStage stage = stage(QUICK)) {
            stage.decide(send("ann", "a-1"));
            stage.decide(send("ann", "a-2"));
            stage.decide(Decisions.cancelled("ann", "a-2").at(now));
            stage.decide(send("ann", "a-3").expiresAfter(Duration.ofSeconds(-1)));
            for (int round = 0; round < 2; round++) {
                List<String> lines = new ArrayList<>();
                assertThat(DryRun.run(stage.settings, Instant::now, lines::add)).isEqualTo(1);
                assertThat(lines)
                        .singleElement()
                        .asString()
                        .contains("\"endpoint\":\"crm\"", "\"id\":\"a-1\"", "decision.send");
            }
            assertThat(receiver.got()).isEmpty();
        }
    }
}
