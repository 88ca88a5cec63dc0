package dev.segue.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.DrainBudget;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DrainTest {
    private static final int WHOLE = Integer.MAX_VALUE;

    private final DeadlineIndex index = new DeadlineIndex();
    private final List<String> visited = new ArrayList<>();
    private long nanos;

    @Test
    void visitsNobodyBeforeTheDeadlineAndOneAtIt() {
        index.arm(bytes("ann"), 1000);
        Drain drain = drain(10, Duration.ofMillis(10));
        drain.run(999, WHOLE, this::visit);
        assertThat(visited).isEmpty();
        drain.run(1000, WHOLE, this::visit);
        assertThat(visited).containsExactly("ann");
        assertThat(index.size()).isZero();
    }

    @Test
    void stopsAtTheBudgetedNumberAndGoesOnAtTheNextRun() {
        armMany(25);
        Drain drain = drain(10, Duration.ofSeconds(1));
        drain.run(1000, WHOLE, this::visit);
        assertThat(visited).hasSize(10);
        drain.run(1000, WHOLE, this::visit);
        drain.run(1000, WHOLE, this::visit);
        assertThat(visited).hasSize(25).doesNotHaveDuplicates();
    }

    @Test
    void stopsWhenItsTimeIsOver() {
        armMany(25);
        Drain drain = drain(1000, Duration.ofMillis(10));
        drain.run(1000, WHOLE, customer -> {
            nanos += 4_000_000;
            return visit(customer);
        });
        assertThat(visited).as("three visits of 4 ms in 10 ms").hasSize(3);
    }

    @Test
    void makesProgressEvenWhereOneVisitTakesLongerThanTheBudget() {
        armMany(2);
        Drain drain = drain(1000, Duration.ofMillis(1));
        drain.run(1000, WHOLE, customer -> {
            nanos += 50_000_000;
            return visit(customer);
        });
        assertThat(visited).hasSize(1);
    }

    @Test
    void spendsNoMoreThanTheCallerAllows() {
        armMany(25);
        drain(1000, Duration.ofSeconds(1)).run(1000, 4, this::visit);
        assertThat(visited).hasSize(4);
    }

    @Test
    void aVisitorWhoseDeadlineStaysIsNotVisitedForEver() {
        armMany(3);
        Drain drain = drain(1000, Duration.ofSeconds(1));
        drain.run(1000, WHOLE, customer -> {
            visit(customer);
            return 1000;
        });
        assertThat(visited).hasSize(3);
        assertThat(index.isDue(1000)).isFalse();
        assertThat(index.isDue(1001)).isTrue();
    }

    @Test
    void aCustomerWhoWasPutOffComesAtTheTrueDeadline() {
        index.arm(bytes("ann"), 1000);
        Drain drain = drain(10, Duration.ofMillis(10));
        drain.run(1000, WHOLE, customer -> 5000);
        drain.run(4999, WHOLE, this::visit);
        assertThat(visited).isEmpty();
        drain.run(5000, WHOLE, this::visit);
        assertThat(visited).containsExactly("ann");
    }

    private Drain drain(int customers, Duration time) {
        return new Drain(index, new DrainBudget(customers, time), () -> nanos);
    }

    private void armMany(int customers) {
        for (int customer = 0; customer < customers; customer++) {
            index.arm(bytes("customer-" + customer), 1000);
        }
    }

    private long visit(byte[] customer) {
        visited.add(new String(customer, StandardCharsets.UTF_8));
        return DeadlineIndex.NEVER;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
