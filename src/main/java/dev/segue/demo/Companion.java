// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo;

import dev.segue.config.Settings;
import java.io.PrintWriter;
import java.time.InstantSource;

/** Something that runs beside the demo's processor for as long as the shop is open. */
@FunctionalInterface
public interface Companion {
    /** Stops it. */
    interface Running extends AutoCloseable {
        @Override
        void close();
    }

    /** Nothing. */
    static Companion none() {
        return (processor, clock, out) -> () -> {};
    }

    /**
     * Starts it.
     *
     * @param processor the settings of the demo's processor
     * @param clock the shop's
     * @param out the terminal, for a few lines about it
     */
    Running start(Settings processor, InstantSource clock, PrintWriter out);
}
