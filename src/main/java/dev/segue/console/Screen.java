// SPDX-License-Identifier: Apache-2.0
package dev.segue.console;

import java.util.Optional;

/** Makes the pages below one first part of the path. Safe for several threads. */
interface Screen {
    /** Returns the response; empty if there is no such page. */
    Optional<WebReply> answer(WebRequest request);

    /** Returns what a page is told while it is open; empty if there is nothing of the kind. */
    default Optional<LiveSource> live(WebRequest request) {
        return Optional.empty();
    }

    /** Returns the role that a request of this method needs. */
    default Role role(boolean isPost) {
        return isPost ? Role.EDITOR : Role.VIEWER;
    }
}
