// SPDX-License-Identifier: Apache-2.0
package dev.segue.console;

import dev.segue.console.page.FreshnessText;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What is around every page.
 *
 * @param title of the page
 * @param section the first part of the path of the menu entry that is current
 * @param form the value of the hidden field {@link FormTokens#FIELD} of forms
 * @param assets returns the address of a style sheet or script
 */
public record PageFrame(
        String title,
        String section,
        FreshnessText freshness,
        Viewer viewer,
        String form,
        UnaryOperator<String> assets) {
    /** One entry of the menu. */
    public record Entry(String label, String path, String section) {}

    /** The menu, in order. */
    public List<Entry> menu() {
        return List.of(
                new Entry("Segments", "/", ""),
                new Entry("Customers", "/customers", "customers"),
                new Entry("Triggers", "/triggers", "triggers"),
                new Entry("Statistics", "/statistics", "statistics"),
                new Entry("Health", "/health", "health"));
    }

    public String asset(String name) {
        return assets.apply(name);
    }

    public boolean isCurrent(Entry entry) {
        return entry.section().equals(section);
    }
}
