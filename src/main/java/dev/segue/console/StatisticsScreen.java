// SPDX-License-Identifier: Apache-2.0
package dev.segue.console;

import dev.segue.console.page.StatisticsPage;
import dev.segue.console.page.TimeRange;
import java.util.Arrays;
import java.util.Optional;

/** The statistics of pages, forms, products and categories. */
record StatisticsScreen(Rendering rendering) implements Screen {
    @Override
    public Optional<WebReply> answer(WebRequest request) {
        String word = request.part(1).isEmpty() ? StatisticsPage.Topic.PAGES.word() : request.part(1);
        String range = request.parameter("range");
        return request.path().size() > 2
                ? Optional.empty()
                : Arrays.stream(StatisticsPage.Topic.values())
                        .filter(topic -> topic.word().equals(word))
                        .findFirst()
                        .map(topic -> StatisticsPage.of(
                                rendering.data(), topic, range.isEmpty() ? TimeRange.MONTH : TimeRange.of(range)))
                        .map(page -> rendering.page(
                                "statistics", page.topic().title(), "statistics", page, request.viewer()));
    }
}
