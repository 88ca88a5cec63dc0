// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import dev.segue.oracle.OracleCuts.Cut;
import dev.segue.oracle.OracleCuts.Population;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value that is compared with those of other customers. */
record Percentile(Question value, Population population) {
    private static final double TENTHS = 10;

    /** The bucket in which a customer is counted; null if in none. */
    @Nullable
    Long bucket(Moment moment) {
        String among = population.among();
        if (among != null && !moment.segments().contains(among)) {
            return null;
        }
        return OracleCuts.counted(value.answer(moment), among != null);
    }

    /** The customer's percentile in tenths; null if there is none. */
    @Nullable
    Integer tenths(Moment moment) {
        Cut cut = moment.cuts().at(population, moment.now());
        Long bucket = bucket(moment);
        return cut == null || bucket == null || cut.buckets().size() < population.minimum() ? null : cut.tenths(bucket);
    }

    /** 0 to 100; null if there is none. */
    @Nullable
    Double of(Moment moment) {
        Integer tenths = tenths(moment);
        return tenths == null ? null : tenths / TENTHS;
    }

    /** What a change says of it; null if the customer is not counted. */
    @Nullable
    Map<String, Object> evidence(Moment moment) {
        Cut cut = moment.cuts().at(population, moment.now());
        if (cut == null || bucket(moment) == null) {
            return null;
        }
        Map<String, Object> found = new LinkedHashMap<>();
        Double percentile = of(moment);
        if (percentile != null) {
            found.put("percentile", percentile);
        }
        found.put("customers", (long) cut.buckets().size());
        return found;
    }
}
