// SPDX-License-Identifier: Apache-2.0
package dev.segue.console;

import dev.segue.console.page.FreshnessText;
import java.util.Optional;

/** How up to date the pages are, a part of each that renews itself. */
record FreshnessScreen(Rendering rendering) implements Screen {
    @Override
    public Optional<WebReply> answer(WebRequest request) {
        return Optional.of(
                rendering.part("freshness", FreshnessText.of(rendering.data().freshness())));
    }
}
