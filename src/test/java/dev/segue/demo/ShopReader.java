// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo;

import dev.segue.demo.shop.SimulatedShop;
import dev.segue.event.Event;
import dev.segue.replay.EventReader;
import dev.segue.replay.file.ReadReport;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A shop's events up to an end, as a file would provide them. */
record ShopReader(SimulatedShop shop, Instant end) implements EventReader {
    @Override
    public @Nullable Event next() {
        return shop.nextTime() <= end.toEpochMilli() ? shop.next() : null;
    }

    @Override
    public List<ReadReport> reports() {
        return List.of();
    }

    @Override
    public void close() {}
}
