// SPDX-License-Identifier: Apache-2.0
package dev.segue.console;

import dev.segue.console.page.KeyFacts;
import dev.segue.console.page.SegmentPage;
import dev.segue.console.page.TimeRange;
import java.util.Optional;

/** The page of one segment, and its changes while the page is open. */
record SegmentScreen(Rendering rendering) implements Screen {
    /** The path behind the name at which changes are streamed. */
    private static final String CHANGES = "changes";
    /** The path behind the name of the numbers that renew themselves. */
    private static final String FACTS = "facts";

    @Override
    public Optional<WebReply> answer(WebRequest request) {
        String name = request.part(1);
        TimeRange range = TimeRange.of(request.parameter("range"));
        if (request.path().size() == 2) {
            return SegmentPage.of(rendering.data(), name, range, request.parameter("after"))
                    .map(page -> rendering.page("segment", page.name(), "", page, request.viewer()));
        }
        return isAbout(request, FACTS)
                ? Optional.of(rendering.part("facts", KeyFacts.of(rendering.data(), name, range)))
                : Optional.empty();
    }

    /** Returns whether a request is about a part of the page of a segment that exists. */
    private boolean isAbout(WebRequest request, String part) {
        return request.path().size() == 3
                && request.part(2).equals(part)
                && rendering
                        .data()
                        .definitions()
                        .named(request.part(1))
                        .filter(definition -> definition.segments().contains(request.part(1)))
                        .isPresent();
    }

    @Override
    public Optional<LiveSource> live(WebRequest request) {
        return isAbout(request, CHANGES) ? Optional.of(new ChangeSource(request.part(1), rendering)) : Optional.empty();
    }
}
