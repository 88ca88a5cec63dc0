// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology.due;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.DrainBudget;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DrainTest {
    private final DeadlineIndex index = new DeadlineIndex();
    private final List<String> visited = new ArrayList<>();
    private long nanos;
    private final ThreadTime thread = new ThreadTime(() -> nanos);

    @BeforeEach
    void theTaskItself() {
        thread.begin();
    }

    @Test
    void visitsExactlyAtDeadline() {
        index.arm(bytes("ann"), 1000);
        Drain drain = drain(10, Duration.ofMillis(10));
        drain.run(999, this::visit);
        assertThat(visited).isEmpty();
        drain.run(1000, this::visit);
        assertThat(visited).containsExactly("ann");
        assertThat(index.size()).isZero();
    }

    @Test
    void stopsAtCustomerBudgetAndContinues() {
        armMany(25);
        Drain drain = drain(10, Duration.ofSeconds(1));
        drain.run(1000, this::visit);
        assertThat(visited).hasSize(10);
        drain.run(1000, this::visit);
        drain.run(1000, this::visit);
        assertThat(visited).hasSize(25).doesNotHaveDuplicates();
    }

    @Test
    void stopsAtTimeBudget() {
        armMany(25);
        Drain drain = drain(1000, Duration.ofMillis(10));
        drain.run(1000, customer -> {
            nanos += 4_000_000;
            return visit(customer);
        });
        assertThat(visited).as("three visits of 4 ms in 10 ms").hasSize(3);
    }

    @Test
    void makesProgressEvenIfOneVisitExceedsBudget() {
        armMany(2);
        Drain drain = drain(1000, Duration.ofMillis(1));
        drain.run(1000, customer -> {
            nanos += 50_000_000;
            return visit(customer);
        });
        assertThat(visited).hasSize(1);
    }

    @Test
    void takesHalfOfTimeUnderFullLoad() {
        armMany(25);
        Drain drain = drain(1000, Duration.ofMillis(10));
        event(1);
        drain.run(1000, this::visitFor2Millis);
        assertThat(visited).as("five visits of 2 ms in 10 ms").hasSize(5);
        event(9_999_999);
        drain.run(1000, this::visitFor2Millis);
        assertThat(visited).as("a nanosecond before its rest is over").hasSize(5);
        nanos += 1;
        drain.run(1000, this::visitFor2Millis);
        assertThat(visited).hasSize(10);
    }

    @Test
    void sharesHalfWithOtherTasksOfThread() {
        armMany(25);
        otherTasks(4);
        Drain drain = drain(1000, Duration.ofMillis(10));
        event(1);
        drain.run(1000, this::visitFor2Millis);
        assertThat(visited).as("2 of its 10 ms").hasSize(1);
        for (int other = 0; other < 4; other++) {
            othersDrain(2_000_000);
        }
        event(9_999_999);
        drain.run(1000, this::visitFor2Millis);
        assertThat(visited).as("a tenth of the time").hasSize(1);
        nanos += 1;
        drain.run(1000, this::visitFor2Millis);
        assertThat(visited).hasSize(2);
    }

    @Test
    void takesTimeThatEventsLeave() {
        armMany(25);
        Drain drain = drain(1000, Duration.ofMillis(10));
        event(1);
        drain.run(1000, this::visitFor2Millis);
        drain.run(1000, this::visitFor2Millis);
        assertThat(visited).as("at once: no time has passed without a use").hasSize(5);
        event(1_000_000);
        nanos += 7_000_000;
        drain.run(1000, this::visitFor2Millis);
        assertThat(visited)
                .as("an event of 1 ms may want 8 ms of the thread in all")
                .hasSize(5);
        nanos += 1;
        drain.run(1000, this::visitFor2Millis);
        assertThat(visited)
                .as("a nanosecond in which the thread had nothing to do")
                .hasSize(10);
    }

    @Test
    void doesNotTakeTimeOfOtherDrains() {
        armMany(25);
        otherTasks(1);
        Drain drain = drain(1000, Duration.ofMillis(10));
        event(1);
        drain.run(1000, this::visitFor2Millis);
        assertThat(visited)
                .as("5 of 10 ms, the last visit begun before they were over")
                .hasSize(3);
        othersDrain(5_000_000);
        drain.run(1000, this::visitFor2Millis);
        assertThat(visited).hasSize(3);
        nanos += 1;
        drain.run(1000, this::visitFor2Millis);
        assertThat(visited).hasSize(6);
    }

    @Test
    void takesAllTimeAfterOneSecondWithoutEvents() {
        armMany(25);
        otherTasks(4);
        Drain drain = drain(1000, Duration.ofMillis(10));
        event(1);
        nanos += 999_999_999;
        drain.run(1000, this::visitFor2Millis);
        assertThat(visited).hasSize(1);
        event(1);
        nanos += 1_000_000_000;
        drain.run(1000, this::visitFor2Millis);
        drain.run(1000, this::visitFor2Millis);
        assertThat(visited).as("two goes of 10 ms without a rest").hasSize(11);
    }

    @Test
    void doesNotRevisitUnchangedDeadlineForEver() {
        armMany(3);
        Drain drain = drain(1000, Duration.ofSeconds(1));
        drain.run(1000, customer -> {
            visit(customer);
            return 1000;
        });
        assertThat(visited).hasSize(3);
        assertThat(index.isDue(1000)).isFalse();
        assertThat(index.isDue(1001)).isTrue();
    }

    @Test
    void visitsPostponedCustomerAtTrueDeadline() {
        index.arm(bytes("ann"), 1000);
        Drain drain = drain(10, Duration.ofMillis(10));
        drain.run(1000, customer -> 5000);
        drain.run(4999, this::visit);
        assertThat(visited).isEmpty();
        drain.run(5000, this::visit);
        assertThat(visited).containsExactly("ann");
    }

    private Drain drain(int customers, Duration time) {
        return new Drain(index, new DrainBudget(customers, time), thread);
    }

    private void otherTasks(int count) {
        for (int task = 0; task < count; task++) {
            thread.begin();
        }
    }

    private void event(long length) {
        long start = nanos;
        nanos += length;
        thread.event(start, nanos);
    }

    private void othersDrain(long length) {
        long start = nanos;
        nanos += length;
        thread.drain(start, nanos);
    }

    private void armMany(int customers) {
        for (int customer = 0; customer < customers; customer++) {
            index.arm(bytes("customer-" + customer), 1000);
        }
    }

    private long visitFor2Millis(byte[] customer) {
        nanos += 2_000_000;
        return visit(customer);
    }

    private long visit(byte[] customer) {
        visited.add(new String(customer, StandardCharsets.UTF_8));
        return DeadlineIndex.NEVER;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
