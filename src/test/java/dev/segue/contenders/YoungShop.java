// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import dev.segue.demo.ShopEvents;
import dev.segue.event.Event;
import dev.segue.event.Vocabulary;
import java.util.function.Consumer;

/** A shop that has just opened: its customers have past orders, but hardly any visits. */
record YoungShop(Vocabulary vocabulary, long seed, int shoppers) implements ShopLog {
    @Override
    public int history() {
        return 0;
    }

    @Override
    public void forEach(int events, Consumer<Event> listener) {
        ShopEvents shop = new ShopEvents(vocabulary, seed, shoppers);
        for (int number = 0; number < events; number++) {
            listener.accept(shop.next());
        }
    }
}
