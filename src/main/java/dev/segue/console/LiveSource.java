// SPDX-License-Identifier: Apache-2.0
package dev.segue.console;

/** What one open page is told while it is open. */
interface LiveSource extends AutoCloseable {
    /** Returns what has happened since the last call, as server-sent events; empty if nothing has. */
    String poll();

    @Override
    void close();
}
