// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.audience.Audience;
import dev.segue.config.DrainBudget;
import dev.segue.config.ErasureSettings;
import dev.segue.config.Settings;
import dev.segue.definition.LiveSets;
import dev.segue.definition.PublishedSets;
import dev.segue.plan.identity.Linking;
import dev.segue.topology.due.ThreadTime;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Dependencies that all segmenters of one instance share; all safe for several threads.
 *
 * @param published the sets known to this instance, of which a new task takes the latest
 * @param clock written into changes as {@code detected_at}
 * @param time one for each stream thread
 */
record SegmenterParts(
        String controlTopic,
        String transfersTopic,
        Patience patience,
        Admission admission,
        Ticks ticks,
        TaskPlans.Sources plans,
        Supplier<PublishedSets> published,
        Outbox.Codecs codecs,
        Erasure erasure,
        DrainBudget drain,
        InstantSource clock,
        ThreadLocal<ThreadTime> time,
        Counters counters,
        Audience audience,
        Placement placement,
        Linking linking,
        TransferMail mail,
        CacheBudget cache,
        TaskStatistics.Rules statistics,
        Past past) {

    /**
     * The past of new and changed definitions.
     *
     * @param background runs one reader at a time, so that live events come first
     */
    record Past(PastLog log, Executor background) {}

    /** Returns the sets with which a task begins that has none yet. */
    LiveSets first() {
        return published
                .get()
                .at(clock.instant())
                .orElseThrow(() -> new IllegalStateException("no definitions have been published"));
    }

    /** How erased customers are recognized. */
    record Erasure(ErasureSettings settings, String salt) {
        static Erasure of(Settings settings) {
            String salt = settings.erasure().salt();
            return new Erasure(settings.erasure(), salt.isBlank() ? settings.applicationId() : salt);
        }

        ErasedCustomers over(CustomerStore customers) {
            return new ErasedCustomers(customers, settings, salt);
        }

        /** Omits the salt, which is secret. */
        @Override
        public String toString() {
            return settings.toString();
        }
    }
}
