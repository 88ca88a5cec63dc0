// SPDX-License-Identifier: Apache-2.0
package dev.segue.console;

import dev.segue.console.page.ConsoleData;
import dev.segue.console.page.SegmentPage;
import dev.segue.console.page.TimeRange;
import java.util.Optional;

/** The page of one segment, and its changes while the page is open. */
record SegmentScreen(Rendering rendering) implements Screen {
    /** The path behind the name at which changes are streamed. */
    static final String CHANGES = "changes";

    @Override
    public Optional<WebReply> answer(WebRequest request) {
        if (request.path().size() != 2) {
            return Optional.empty();
        }
        return SegmentPage.of(
                        rendering.data(),
                        request.part(1),
                        TimeRange.of(request.parameter("range")),
                        request.parameter("after"))
                .map(page -> rendering.page("segment", page.name(), "", page, request.viewer()));
    }

    @Override
    public Optional<LiveSource> live(WebRequest request) {
        ConsoleData data = rendering.data();
        String name = request.part(1);
        boolean isStream = request.path().size() == 3 && request.part(2).equals(CHANGES);
        boolean isSegment = data.definitions()
                .named(name)
                .filter(definition -> definition.segments().contains(name))
                .isPresent();
        return isStream && isSegment ? Optional.of(new ChangeSource(name, rendering)) : Optional.empty();
    }
}
