// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo;

import dev.segue.config.Settings;
import dev.segue.demo.shop.ShopSettings;
import dev.segue.demo.shop.SimulatedShop;
import dev.segue.demo.shop.Storeroom;
import dev.segue.serde.event.EventEncoder;
import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Runs the simulated shop in its own thread, and writes its journal if the data directory is kept. */
final class ShopKeeper implements AutoCloseable {
    private static final long JOURNAL_MILLIS = 2000;
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final ShopJournal start;
    private final @Nullable Path kept;
    private final int speed;
    private final ShopClock clock;
    private final InstantSource wall = InstantSource.system();
    private final ShopTill till;
    private final ShopHours hours;
    private final ShopStock stock;
    private final Thread thread;
    private long nextJournal;

    /**
     * @param start the shop's progress at the start
     * @param kept directory of the journal; null for none
     * @param taken returns how many events the processor has read
     * @param failed receives the failure that ended the shop before it was closed
     */
    ShopKeeper(
            ShopJournal start,
            @Nullable Path kept,
            int speed,
            ShopClock clock,
            Settings settings,
            EventSchemas schemas,
            LongSupplier taken,
            Consumer<Throwable> failed) {
        this.start = start;
        this.kept = kept;
        this.speed = speed;
        this.clock = clock;
        ShopSettings usual = ShopSettings.usual(start.seed(), start.opens());
        SimulatedShop shop = new SimulatedShop(schemas.vocabulary(), usual);
        for (long skipped = 0; skipped < start.events(); skipped++) {
            shop.next();
        }
        EventEncoder encoder = new EventEncoder(schemas, new DirectorySchemaRegistry(settings.registryDirectory()));
        this.till = new ShopTill(
                settings.bootstrapServers(), settings.topics().names().behaviorEvents(), encoder);
        this.hours = new ShopHours(shop, clock, wall, till::send, till::awaitAcknowledgement, taken);
        this.stock = new ShopStock(new Storeroom(usual), clock, settings, failed);
        this.thread = new Thread(() -> keepOpen(failed), "simulated-shop");
    }

    void open() {
        thread.start();
        stock.open();
    }

    /** Events sent since {@link #open}. */
    long sent() {
        return hours.sent();
    }

    /** Stops sending; returns when the last events are acknowledged. */
    @Override
    public void close() {
        stock.close();
        hours.close();
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        till.close();
    }

    private void keepOpen(Consumer<Throwable> failed) {
        try {
            Instant from = start.time().isAfter(start.opens()) ? start.time() : start.opens();
            hours.catchUp(from);
            hours.run(new TimeLapse(speed, from, wall.instant()), this::keepJournal);
            nextJournal = 0;
            keepJournal();
        } catch (Exception failure) {
            failed.accept(failure);
        }
    }

    private void keepJournal() {
        if (kept == null || wall.millis() < nextJournal) {
            return;
        }
        nextJournal = wall.millis() + JOURNAL_MILLIS;
        try {
            new ShopJournal(start.seed(), start.opens(), start.events() + hours.sent(), clock.instant()).write(kept);
        } catch (IOException failure) {
            throw new IllegalStateException("cannot write the shop's journal in " + kept + ": " + failure, failure);
        }
    }
}
