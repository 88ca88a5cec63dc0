// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import dev.segue.avro.PopulationCounts;
import dev.segue.event.BadRecord;
import dev.segue.serde.registry.RegistryException;
import dev.segue.serde.registry.SchemaRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reports of the customers in buckets, in Confluent's wire format. Safe for several threads. */
public final class PopulationReportCodec {
    private final OutputFormat<PopulationCounts> format;

    /** @param topic the schema is registered under its subject, {@code <topic>-value} */
    public PopulationReportCodec(SchemaRegistry registry, String topic) {
        this.format = new OutputFormat<>(registry, topic, PopulationCounts.class);
    }

    /** @throws RegistryException if the schema cannot be registered */
    public byte[] encode(PopulationReport report) {
        Map<Integer, Long> counts = new TreeMap<>(report.counts());
        return format.encode(record -> {
            record.whole(report.population());
            record.whole(report.partition());
            record.whole(report.epoch());
            record.flag(report.whole());
            record.flag(report.complete());
            record.list(counts.keySet(), (same, bucket) -> same.whole(bucket));
            record.list(counts.values(), RecordWriter::whole);
        });
    }

    /**
     * Decodes one record's value.
     *
     * @throws BadRecord if the value is not a report
     * @throws RegistryException if the registry is unavailable
     */
    public PopulationReport decode(byte[] bytes) throws BadRecord {
        PopulationCounts record = format.decode(bytes);
        List<Integer> buckets = record.getBuckets();
        List<Long> counts = record.getCounts();
        Map<Integer, Long> found = new HashMap<>();
        for (int index = 0; index < Math.min(buckets.size(), counts.size()); index++) {
            found.put(buckets.get(index), counts.get(index));
        }
        boolean isPlausible = counts.stream().allMatch(count -> count >= 0) && record.getPartition() >= 0;
        if (buckets.size() != counts.size() || found.size() != counts.size() || !isPlausible) {
            throw new BadRecord(
                    BadRecord.Reason.MALFORMED,
                    "the report has " + buckets.size() + " buckets with " + counts.size()
                            + " counts, a bucket twice, or a number below 0");
        }
        return new PopulationReport(
                record.getPopulation(),
                record.getPartition(),
                record.getEpoch(),
                record.getWhole(),
                record.getComplete(),
                found);
    }
}
