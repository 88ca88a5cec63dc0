// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Where accepted messages go. */
interface Storage extends AutoCloseable {
    /**
     * Writes records.
     *
     * @return completes when all of them are stored for good, and fails with a {@link RefusedRequest} if one is not, or with a
     *     bug of ours; the others may be stored then
     */
    CompletableFuture<Void> store(List<StoredRecord> records);

    @Override
    void close();
}
