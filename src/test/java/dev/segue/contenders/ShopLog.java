// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import dev.segue.event.Event;
import java.util.function.Consumer;

/** The events of a simulated shop, in order of time, each time from the first. */
interface ShopLog {
    /** The number of events before the measured part. */
    int history();

    /** Passes the history to the listener, and then the given number of events. */
    void forEach(int events, Consumer<Event> listener);
}
