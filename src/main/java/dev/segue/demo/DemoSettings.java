// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo;

import dev.segue.config.SegmentSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a demo.
 *
 * @param runFor how long the shop stays open, in real time; null until it is stopped
 * @param speed how many times faster than real time the shop's time runs, 1 to 100 000
 * @param seed of all random choices; null for a random seed (which is printed)
 * @param dataDirectory kept, so that the next run continues; null for a temporary one
 * @param port of the broker; 0 for a free one
 * @param httpPort of the schema registry and the shop page; 0 for a free one
 * @param collectorPort of the collector; 0 for a free one
 * @param consolePort of the web console; 0 for a free one
 * @param schemas directory with the event schemas in {@code events}
 * @param mapping of the messages that the collector takes
 * @param segments places of the definitions, and the values of their params
 * @param width columns of the terminal
 * @param colour true if the terminal supports colours
 */
public record DemoSettings(
        @Nullable Duration runFor,
        int speed,
        @Nullable Long seed,
        @Nullable Path dataDirectory,
        int port,
        int httpPort,
        int collectorPort,
        int consolePort,
        Path schemas,
        Path mapping,
        SegmentSettings segments,
        int width,
        boolean colour) {
    /** At this speed, six real seconds are one hour. */
    public static final int USUAL_SPEED = 600;

    /** @throws IllegalArgumentException naming the invalid value */
    public DemoSettings {
        if (speed < 1 || speed > 100_000) {
            throw new IllegalArgumentException("the speed must be from 1 to 100000, not " + speed);
        }
        requirePort(port);
        requirePort(httpPort);
        requirePort(collectorPort);
        requirePort(consolePort);
        if (runFor != null && runFor.toMillis() < 1) {
            throw new IllegalArgumentException("the demo must run for longer than zero, not " + runFor);
        }
    }

    private static void requirePort(int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("the port must be from 1 to 65535, not " + port);
        }
    }
}
