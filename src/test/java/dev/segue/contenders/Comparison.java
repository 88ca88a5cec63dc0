// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** The ratio of one contender to another in one figure. */
record Comparison(String name, String one, String other, ToDoubleFunction<Measurement> figure) {
    static final List<Comparison> ALL = List.of(
            rate("segue-catalogue-alo", "bare-alo"),
            rate("segue-catalogue-eos", "bare-eos"),
            rate("segue-five-eos", "dsl-eos"),
            rate("segue-five-eos", "flink-eos"),
            rate("segue-five-eos", "flink-heap-eos"),
            rate("segue-five-eos", "flink-cep-eos"),
            work("segue-catalogue-alo", "bare-alo"),
            work("segue-catalogue-eos", "bare-eos"),
            work("segue-five-eos", "dsl-eos"),
            work("segue-five-eos", "flink-eos"),
            work("segue-1000-alo", "segue-25-alo"));

    private static Comparison work(String one, String other) {
        return new Comparison(
                "CPU per event without compiling, " + one + " : " + other, one, other, Measurement::workMicros);
    }

    private static Comparison rate(String one, String other) {
        return new Comparison("events/s, " + one + " : " + other, one, other, Measurement::eventsPerSecond);
    }
}
