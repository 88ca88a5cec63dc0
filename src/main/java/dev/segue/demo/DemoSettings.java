package dev.segue.demo;

import dev.segue.config.SegmentSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a demo is told.
 *
 * @param runFor how long the shop stays open, by our time; null until somebody stops it
 * @param speed how many times faster than ours the shop's time runs, 1 to 100 000
 * @param seed of everything random; null for one that is chosen (and printed)
 * @param dataDirectory kept, so that the next run goes on; null for a temporary one
 * @param port of the broker; 0 for a free one
 * @param schemas directory with the event schemas in {@code events}
 * @param segments where the definitions are, and with which values they hold
 * @param width columns of the screen
 * @param colour whether the screen shows colours
 */
public record DemoSettings(
        @Nullable Duration runFor,
        int speed,
        @Nullable Long seed,
        @Nullable Path dataDirectory,
        int port,
        Path schemas,
        SegmentSettings segments,
        int width,
        boolean colour) {
    /** At this speed six seconds are an hour. */
    public static final int USUAL_SPEED = 600;

    /** @throws IllegalArgumentException naming the value that is wrong */
    public DemoSettings {
        if (speed < 1 || speed > 100_000) {
            throw new IllegalArgumentException("the speed must be from 1 to 100000, not " + speed);
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("the port must be from 1 to 65535, not " + port);
        }
        if (runFor != null && runFor.toMillis() < 1) {
            throw new IllegalArgumentException("the demo must run for some time, not " + runFor);
        }
    }
}
