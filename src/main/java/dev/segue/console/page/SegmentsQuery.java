// SPDX-License-Identifier: Apache-2.0
package dev.segue.console.page;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Which segments a page shows, and in which order.
 *
 * @param search part of a name or description, in any case; empty for all
 * @param tag a tag that they must have; empty for all
 * @param kind {@code segment}, {@code group} or {@code trait}; empty for all
 * @param sort the column
 * @param descending true for the largest first
 */
public record SegmentsQuery(String search, String tag, String kind, Sort sort, boolean descending) {
    private static final int LONGEST = 100;

    /** A column that can be sorted by. */
    public enum Sort {
        NAME("Name", false),
        SIZE("Members", true),
        ENTERED("Entered", true),
        EXITED("Exited", true);

        private final String title;
        private final boolean isNumber;

        Sort(String title, boolean isNumber) {
            this.title = title;
            this.isNumber = isNumber;
        }

        public String title() {
            return title;
        }

        public boolean isNumber() {
            return isNumber;
        }

        /** The word in addresses. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param parameters of the address; unknown values count as absent */
    public static SegmentsQuery of(Map<String, String> parameters) {
        Sort sort = Sort.NAME;
        for (Sort each : Sort.values()) {
            if (each.word().equals(parameters.get("sort"))) {
                sort = each;
            }
        }
        String order = parameters.getOrDefault("order", sort.isNumber() ? "desc" : "asc");
        return new SegmentsQuery(
                cut(parameters.getOrDefault("q", "")),
                cut(parameters.getOrDefault("tag", "")),
                cut(parameters.getOrDefault("kind", "")),
                sort,
                order.equals("desc"));
    }

    private static String cut(String text) {
        return text.strip().substring(0, Math.min(LONGEST, text.strip().length()));
    }

    /** Returns whether it leaves anything out. */
    public boolean isFilter() {
        return !(search.isEmpty() && tag.isEmpty() && kind.isEmpty());
    }

    /** Returns the address of the page in the order of a column; the other way round if it is the present one. */
    public String by(Sort column) {
        boolean down = column == sort ? !descending : column.isNumber();
        return new SegmentsQuery(search, tag, kind, column, down).address();
    }

    /** Returns the address of the page without some filter. */
    public String address() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("q", search);
        parameters.put("tag", tag);
        parameters.put("kind", kind);
        parameters.put("sort", sort == Sort.NAME ? "" : sort.word());
        parameters.put("order", descending == sort.isNumber() ? "" : descending ? "desc" : "asc");
        return Address.of("/", parameters);
    }

    /** What {@code aria-sort} says of a column. */
    public String ariaSort(Sort column) {
        return column != sort ? "none" : descending ? "descending" : "ascending";
    }
}
