// SPDX-License-Identifier: Apache-2.0
package dev.segue.console;

import dev.segue.console.page.HealthPage;
import java.util.Optional;

/** How well the console follows the cluster. */
record HealthScreen(Rendering rendering) implements Screen {
    private static final String SECTION = "health";

    @Override
    public Optional<WebReply> answer(WebRequest request) {
        return request.path().size() > 1
                ? Optional.empty()
                : Optional.of(
                        rendering.page(SECTION, "Health", SECTION, HealthPage.of(rendering.data()), request.viewer()));
    }
}
