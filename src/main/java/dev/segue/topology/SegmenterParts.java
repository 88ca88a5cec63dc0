package dev.segue.topology;

import dev.segue.config.DrainBudget;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * What every segmenter of one instance shares; all safe for several threads.
 *
 * @param clock what changes carry as {@code detected_at}
 * @param nanoTime a clock for spans
 */
record SegmenterParts(
        String controlTopic,
        Admission admission,
        Ticks ticks,
        Engine engine,
        Outbox.Codecs codecs,
        DrainBudget drain,
        InstantSource clock,
        LongSupplier nanoTime,
        Counters counters,
        Audience audience) {}
