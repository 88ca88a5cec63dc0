// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import dev.segue.avro.FormCounts;
import dev.segue.avro.PageCounts;
import dev.segue.avro.ProductCounts;
import dev.segue.avro.SegmentCounts;
import dev.segue.avro.TriggerCounts;
import dev.segue.statistics.Measure;
import dev.segue.statistics.Statistic;
import dev.segue.statistics.StatisticKind;
import dev.segue.statistics.StayBuckets;
import dev.segue.statistics.WindowCounts;
import dev.segue.statistics.WindowSize;
import dev.segue.value.Millionths;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parts of a statistic's record, of which its kind has one. */
final class SubjectCounts {
    private static final List<Measure> PAGE = List.of(
            Measure.VIEWS, Measure.VISITORS, Measure.EXITS, Measure.LANDINGS, Measure.BOUNCES, Measure.LANDING_ORDERS);
    private static final List<Measure> FORM = List.of(Measure.STARTED, Measure.SUBMITTED, Measure.ABANDONED);
    private static final List<Measure> PRODUCT =
            List.of(Measure.VIEWED, Measure.ADDED, Measure.ORDERED, Measure.ORDERS, Measure.RETURNED);

    private SubjectCounts() {}

    static void write(RecordWriter record, Statistic statistic) throws IOException {
        record.orNull(of(statistic, StatisticKind.SEGMENT), (out, counts) -> segment(out, counts, statistic.size()));
        record.orNull(of(statistic, StatisticKind.PAGE), (out, counts) -> all(out, counts, PAGE));
        record.orNull(of(statistic, StatisticKind.FORM), (out, counts) -> all(out, counts, FORM));
        record.orNull(
                of(statistic, StatisticKind.PRODUCT, StatisticKind.CATEGORY),
                (out, counts) -> all(out, counts, PRODUCT));
        record.orNull(of(statistic, StatisticKind.TRIGGER), TriggerPart::write);
    }

    private static @Nullable WindowCounts of(Statistic statistic, StatisticKind... kinds) {
        return Set.of(kinds).contains(statistic.subject().kind()) ? statistic.counts() : null;
    }

    private static void all(RecordWriter record, WindowCounts counts, List<Measure> measures) throws IOException {
        for (Measure measure : measures) {
            if (measure.isQuantity()) {
                record.number(Millionths.toDouble(counts.get(measure)));
            } else {
                record.whole(counts.get(measure));
            }
        }
    }

    private static void segment(RecordWriter record, WindowCounts counts, WindowSize size) throws IOException {
        all(
                record,
                counts,
                List.of(
                        Measure.members(size),
                        Measure.partitions(size),
                        Measure.ENTERED,
                        Measure.EXITED,
                        Measure.ADJUSTED));
        Long median = counts.medianStay().isPresent() ? counts.medianStay().getAsLong() : null;
        record.orNull(median, RecordWriter::whole);
        record.list(counts.stays().entrySet(), SubjectCounts::stay);
    }

    private static void stay(RecordWriter record, Map.Entry<Integer, Long> stay) throws IOException {
        record.whole(StayBuckets.last(stay.getKey()));
        record.whole(stay.getValue());
    }

    static void read(dev.segue.avro.Statistic record, WindowSize size, WindowCounts counts) {
        SegmentCounts segment = record.getSegment();
        if (segment != null) {
            counts.add(Measure.members(size), segment.getSize());
            counts.add(Measure.partitions(size), segment.getPartitions());
            counts.add(Measure.ENTERED, segment.getEntered());
            counts.add(Measure.EXITED, segment.getExited());
            counts.add(Measure.ADJUSTED, segment.getAdjusted());
            segment.getStays().forEach(stay -> counts.addStays(StayBuckets.of(stay.getAtMost()), stay.getCount()));
        }
        PageCounts page = record.getPage();
        if (page != null) {
            counts.add(Measure.VIEWS, page.getViews());
            counts.add(Measure.VISITORS, page.getVisitors());
            counts.add(Measure.EXITS, page.getExits());
            counts.add(Measure.LANDINGS, page.getLandings());
            counts.add(Measure.BOUNCES, page.getBounces());
            counts.add(Measure.LANDING_ORDERS, page.getLandingOrders());
        }
        FormCounts form = record.getForm();
        if (form != null) {
            counts.add(Measure.STARTED, form.getStarted());
            counts.add(Measure.SUBMITTED, form.getSubmitted());
            counts.add(Measure.ABANDONED, form.getAbandoned());
        }
        ProductCounts product = record.getProduct();
        if (product != null) {
            counts.add(Measure.VIEWED, product.getViewed());
            counts.add(Measure.ADDED, millionths(product.getAdded()));
            counts.add(Measure.ORDERED, millionths(product.getOrdered()));
            counts.add(Measure.ORDERS, product.getOrders());
            counts.add(Measure.RETURNED, millionths(product.getReturned()));
        }
        TriggerCounts trigger = record.getTrigger();
        if (trigger != null) {
            TriggerPart.read(trigger, counts);
        }
    }

    private static long millionths(double quantity) {
        return Millionths.of(quantity).units();
    }
}
