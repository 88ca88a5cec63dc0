// SPDX-License-Identifier: Apache-2.0
package dev.segue.delivery;

import dev.segue.delivery.payload.PayloadFailure;
import dev.segue.event.TriggerDecision;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Brings letters to one endpoint. Safe for several threads. */
interface Courier extends AutoCloseable {
    /**
     * Makes one attempt. The result never completes exceptionally.
     *
     * @param id of the letter; equal in each attempt
     */
    CompletableFuture<Attempt> send(TriggerDecision decision, String id);

    /**
     * What {@link #send} would send, by name, without secrets.
     *
     * @throws PayloadFailure if the payload cannot be computed
     */
    Map<String, Object> preview(TriggerDecision decision, String id) throws PayloadFailure;

    @Override
    void close();
}
