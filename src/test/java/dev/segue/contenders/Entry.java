// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import dev.segue.contenders.Definitions.Catalogue;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A contender as a row of the table.
 *
 * @param type its class, by name: those on Flink exist only in the profile {@code bench}
 * @param definitions the definitions that it evaluates; null if it evaluates none
 * @param further entries of its job beside those of all jobs
 */
record Entry(
        String name,
        String type,
        boolean exactlyOnce,
        @Nullable Catalogue definitions,
        Map<String, String> further) {
    private static final String PACKAGE = "dev.segue.contenders.";
    private static final String FLINK = PACKAGE + "FlinkContender";
    private static final String FLINK_CEP = PACKAGE + "FlinkCepContender";
    private static final String SEGUE = PACKAGE + "SegueContender";

    /** All contenders, in the order of the table. */
    static final List<Entry> ALL = List.of(
            new Entry("bare-alo", PACKAGE + "BareContender", false, null, Map.of()),
            new Entry("bare-eos", PACKAGE + "BareContender", true, null, Map.of()),
            new Entry("segue-catalogue-alo", SEGUE, false, Catalogue.SHIPPED, Map.of()),
            new Entry("segue-catalogue-eos", SEGUE, true, Catalogue.SHIPPED, Map.of()),
            new Entry("segue-five-alo", SEGUE, false, Catalogue.FIVE, Map.of()),
            new Entry("segue-five-eos", SEGUE, true, Catalogue.FIVE, Map.of()),
            new Entry("dsl-eos", PACKAGE + "DslContender", true, Catalogue.FIVE, Map.of()),
            new Entry("flink-eos", FLINK, true, Catalogue.FIVE, Map.of("backend", "rocksdb")),
            new Entry("flink-heap-eos", FLINK, true, Catalogue.FIVE, Map.of("backend", "hashmap")),
            new Entry("flink-cep-eos", FLINK_CEP, true, Catalogue.FIVE, Map.of("backend", "rocksdb")),
            new Entry("segue-25-alo", SEGUE, false, Catalogue.GENERATED_25, Map.of()),
            new Entry("segue-1000-alo", SEGUE, false, Catalogue.GENERATED_1000, Map.of()));

    boolean isSegue() {
        return type.equals(SEGUE);
    }

    boolean isFlink() {
        return type.equals(FLINK) || type.equals(FLINK_CEP);
    }

    /** Returns whether it computes the five segments, and so has the deadlines that a paced run measures. */
    boolean hasTheFive() {
        return definitions == Catalogue.FIVE || definitions == Catalogue.SHIPPED;
    }

    /** Returns whether it is on the class path. */
    boolean isThere() {
        try {
            Class.forName(type, false, Entry.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException none) {
            return false;
        }
    }
}
