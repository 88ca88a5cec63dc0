// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo;

import dev.segue.config.Settings;
import dev.segue.demo.shop.Storeroom;
import dev.segue.event.ProductFacts;
import dev.segue.runtime.operate.ProductSender;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Sends what the simulated shop says of its products as its time goes on, in a thread of its own. */
final class ShopStock implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Storeroom storeroom;
    private final ShopClock clock;
    private final Settings settings;
    private final Thread thread;
    private volatile boolean closed;

    /** @param failed receives the failure that ended it before it was closed */
    ShopStock(Storeroom storeroom, ShopClock clock, Settings settings, Consumer<Throwable> failed) {
        this.storeroom = storeroom;
        this.clock = clock;
        this.settings = settings;
        this.thread = new Thread(() -> keepTelling(failed), "simulated-stock");
        thread.setDaemon(true);
    }

    void open() {
        thread.start();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void keepTelling(Consumer<Throwable> failed) {
        try {
            while (!closed) {
                Map<String, ProductFacts> due = takeDue();
                if (!due.isEmpty()) {
                    long unused = ProductSender.send(settings, due.values());
                }
                Thread.sleep(PAUSE.toMillis());
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } catch (Exception failure) {
            if (!closed) {
                failed.accept(failure);
            }
        }
    }

    /** Only the last facts of a product count: after a restart, the shop's day so far is not told again. */
    private Map<String, ProductFacts> takeDue() {
        Map<String, ProductFacts> due = new LinkedHashMap<>();
        while (storeroom.nextTime() <= clock.millis()) {
            ProductFacts next = storeroom.next();
            due.put(next.productId(), next);
        }
        return due;
    }
}
