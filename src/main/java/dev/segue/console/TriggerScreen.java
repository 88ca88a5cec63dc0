// SPDX-License-Identifier: Apache-2.0
package dev.segue.console;

import dev.segue.console.page.TimeRange;
import dev.segue.console.page.TriggerPage;
import dev.segue.console.page.TriggersPage;
import java.util.Optional;

/** The list of triggers, and the page of one. */
record TriggerScreen(Rendering rendering) implements Screen {
    private static final String SECTION = "triggers";

    @Override
    public Optional<WebReply> answer(WebRequest request) {
        return switch (request.path().size()) {
            case 1 ->
                Optional.of(rendering.page(
                        SECTION, "Triggers", SECTION, TriggersPage.of(rendering.data()), request.viewer()));
            case 2 -> {
                String range = request.parameter("range");
                yield TriggerPage.of(
                                rendering.data(),
                                request.part(1),
                                range.isEmpty() ? TimeRange.MONTH : TimeRange.of(range))
                        .map(page -> rendering.page("trigger", page.name(), SECTION, page, request.viewer()));
            }
            default -> Optional.empty();
        };
    }
}
