// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.file;

import dev.segue.event.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The first row of a CSV file, which names its columns, compared with the columns of a mapping. */
final class CsvHeader {
    private static final int SHOWN = 5;
    static final List<Character> USUAL_SEPARATORS = List.of(',', ';', '\t', '|');

    private final List<String> names;
    private final Columns columns;

    CsvHeader(List<String> cells, Columns columns) {
        this.names = cells.stream().map(String::strip).toList();
        this.columns = columns;
    }

    int width() {
        return names.size();
    }

    /** The position in the file of each column of the mapping; -1 if the file lacks it. */
    int[] places() {
        int[] places = new int[columns.names().size()];
        Arrays.setAll(places, column -> names.indexOf(columns.names().get(column)));
        return places;
    }

    /** Returns true if the file has more than one column, and at least one column of the mapping. */
    boolean fitsInPart() {
        return names.size() > 1 && names.stream().anyMatch(name -> columns.indexOf(name) >= 0);
    }

    /** All differences from the mapping; empty if the file can be read. */
    List<String> faults(char separator) {
        String other = otherSeparator(separator);
        if (other != null) {
            return List.of(other);
        }
        List<String> missing =
                columns.names().stream().filter(name -> !names.contains(name)).toList();
        Map<String, String> writtenOtherwise = writtenOtherwise(missing);
        if (missing.size() == columns.names().size() && missing.size() > 1 && writtenOtherwise.isEmpty()) {
            return List.of("none of the mapping's columns is in the first row, which is "
                    + RefusedRow.quote(String.join(String.valueOf(separator), names))
                    + ". If that is data already, set header: false in the mapping");
        }
        List<String> faults = new ArrayList<>();
        if (!writtenOtherwise.isEmpty()) {
            faults.add("write the mapping's columns as the file has them, capitals and blanks included: "
                    + writtenOtherwise.entrySet().stream()
                            .map(pair -> "'" + pair.getValue() + "' for '" + pair.getKey() + "'")
                            .collect(Collectors.joining(", ")));
        }
        addDoubleAndUnknown(faults, writtenOtherwise.values());
        for (String name : missing) {
            if (!writtenOtherwise.containsKey(name)) {
                faults.add("the column '" + name + "' of the mapping is missing." + Nearest.hint(name, names));
            }
        }
        return List.copyOf(faults);
    }

    private void addDoubleAndUnknown(List<String> faults, Collection<String> knownOtherwise) {
        Set<String> seen = new HashSet<>();
        int unknown = 0;
        for (int place = 0; place < names.size(); place++) {
            String name = names.get(place);
            boolean used = columns.indexOf(name) >= 0;
            boolean first = seen.add(name);
            if (used && !first) {
                faults.add("two columns are called '" + name + "'; rename one of them in the file");
            } else if (!used && !columns.othersIgnored() && !knownOtherwise.contains(name) && ++unknown <= SHOWN) {
                faults.add(unknown(name, place));
            }
        }
        if (unknown > SHOWN) {
            faults.add("and " + (unknown - SHOWN) + " more unknown columns");
        }
    }

    private String unknown(String name, int place) {
        return name.isEmpty()
                ? "column " + (place + 1) + " has no name. Set other_columns: ignore"
                : "unknown column '" + name + "'." + Nearest.hint(name, columns.names())
                        + " Add it to the mapping's columns, or set other_columns: ignore";
    }

    /** The file's spelling of columns of the mapping that differ in capitals, blanks or underscores. */
    private Map<String, String> writtenOtherwise(List<String> missing) {
        Map<String, String> byLetters = new HashMap<>();
        names.stream()
                .filter(name -> columns.indexOf(name) < 0 && !letters(name).isEmpty())
                .forEach(name -> byLetters.putIfAbsent(letters(name), name));
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String name : missing) {
            String found = byLetters.get(letters(name));
            if (found != null) {
                pairs.put(name, found);
            }
        }
        return pairs;
    }

    private static String letters(String name) {
        return name.replaceAll("[\\s_-]", "").toLowerCase(Locale.ROOT);
    }

    /**
     * A sentence with another separator that would find columns of the mapping, if the current separator finds none;
     * else null.
     */
    private @Nullable String otherSeparator(char separator) {
        if (names.stream().anyMatch(name -> columns.indexOf(name) >= 0)
                && columns.names().size() > 1) {
            return null;
        }
        String whole = names.stream().collect(Collectors.joining(String.valueOf(separator)));
        for (char other : USUAL_SEPARATORS) {
            List<String> parts = List.of(whole.split(Pattern.quote(String.valueOf(other)), -1));
            boolean fits = parts.size() > 1
                    && parts.stream()
                            .anyMatch(part -> columns.indexOf(part.strip().replace("\"", "")) >= 0);
            if (other != separator && fits) {
                return wrongSeparator(other, separator);
            }
        }
        return null;
    }

    static String wrongSeparator(char found, char declared) {
        return "the columns are separated by " + shown(found) + ", not by " + shown(declared) + ". Set separator: "
                + (found == '\t' ? "tab" : "\"" + found + "\"") + " in the mapping";
    }

    private static String shown(char separator) {
        return separator == '\t' ? "tabs" : "'" + separator + "'";
    }
}
