// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime;

import dev.segue.config.HttpSettings;
import dev.segue.topology.Lag;
import dev.segue.value.CountText;
import dev.segue.value.DurationText;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Checks that must pass for the results to be fresh. */
final class HealthChecks {
    private final HttpSettings bounds;
    private final Supplier<Health.Check> processor;
    private final Supplier<@Nullable String> brokerTrouble;
    private final Supplier<Health.Check> partitions;
    private final Supplier<Health.Check> definitions;
    private final Supplier<Lag> lag;

    /** @param brokerTrouble why the cluster cannot be used; null while it answers */
    HealthChecks(
            HttpSettings bounds,
            Supplier<Health.Check> processor,
            Supplier<@Nullable String> brokerTrouble,
            Supplier<Health.Check> partitions,
            Supplier<Health.Check> definitions,
            Supplier<Lag> lag) {
        this.bounds = bounds;
        this.processor = processor;
        this.brokerTrouble = brokerTrouble;
        this.partitions = partitions;
        this.definitions = definitions;
        this.lag = lag;
    }

    /** Checks that the results of this instance are up to date; each failed check gives the reason. */
    Health ready() {
        Lag now = lag.get();
        return new Health(List.of(
                processor.get(),
                broker(brokerTrouble.get()),
                registry(now),
                partitions.get(),
                definitions.get(),
                clock(now),
                drain(now)));
    }

    /** @param trouble why the cluster cannot be used; null while it answers */
    static Health.Check broker(@Nullable String trouble) {
        return new Health.Check("broker", trouble == null, trouble == null ? "answers" : trouble);
    }

    private Health.Check registry(Lag now) {
        int waiting = now.waitingForRegistry();
        return new Health.Check(
                "registry",
                waiting == 0,
                waiting == 0
                        ? "no thread waits for the schema registry"
                        : waiting + " threads wait for the schema registry in the middle of a record");
    }

    private Health.Check clock(Lag now) {
        Duration behind = now.clock();
        boolean fresh = behind.compareTo(bounds.clockBehind()) <= 0;
        return new Health.Check(
                "clock",
                fresh,
                "the newest tick is " + behind.toMillis() + " ms behind the clock"
                        + (fresh ? "" : ", more than http.clock_behind: " + DurationText.write(bounds.clockBehind())));
    }

    private Health.Check drain(Lag now) {
        Duration behind = now.drain();
        boolean fresh = behind.compareTo(bounds.drainBehind()) <= 0;
        return new Health.Check(
                "drain",
                fresh,
                CountText.of(now.overdue(), "customer is", "customers are") + " due, the oldest for "
                        + behind.toMillis() + " ms"
                        + (fresh ? "" : ", more than http.drain_behind: " + DurationText.write(bounds.drainBehind())));
    }
}
