// SPDX-License-Identifier: Apache-2.0
package dev.segue.console;

import dev.segue.console.page.SegmentsPage;
import dev.segue.console.page.SegmentsQuery;
import java.util.Optional;

/** The first page: all segments. */
record SegmentsScreen(Rendering rendering) implements Screen {
    @Override
    public Optional<WebReply> answer(WebRequest request) {
        SegmentsPage page = SegmentsPage.of(rendering.data(), SegmentsQuery.of(request.query()));
        return Optional.of(rendering.page("segments", "Segments", "", page, request.viewer()));
    }
}
