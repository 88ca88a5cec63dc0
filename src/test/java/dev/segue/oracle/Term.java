// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import java.util.ArrayList;
import java.util.List;

/**
 * An expression as the grammar built it.
 *
 * @param form the text, with {@code %s} for each part
 */
record Term(Sort sort, String form, List<Term> parts) {
    static Term of(Sort sort, String form, Term... parts) {
        return new Term(sort, form, List.of(parts));
    }

    String text() {
        return parts.isEmpty()
                ? form
                : String.format(form, parts.stream().map(Term::text).toArray());
    }

    /** Smaller terms that may replace this one, most drastic first. Some may be invalid. */
    List<Term> simpler() {
        List<Term> simpler = new ArrayList<>();
        simplest(simpler);
        collect(this, simpler);
        for (int index = 0; index < parts.size(); index++) {
            for (Term part : parts.get(index).simpler()) {
                List<Term> changed = new ArrayList<>(parts);
                changed.set(index, part);
                simpler.add(new Term(sort, form, changed));
            }
        }
        return simpler;
    }

    private void simplest(List<Term> simpler) {
        List<String> constants = switch (sort) {
            case BOOL -> List.of("true", "false");
            case INT -> List.of("0", "1", "2");
            case DOUBLE -> List.of("0.0", "1.0");
            case STRING -> List.of("''", "'a'");
            case PRODUCT -> List.of("'a'", "'a', 'red'");
            default -> List.of();
        };
        int known = constants.indexOf(form);
        for (int index = 0; index < (known < 0 ? constants.size() : known); index++) {
            simpler.add(of(sort, constants.get(index)));
        }
    }

    /** Collects parts of parts of the same sort. */
    private void collect(Term term, List<Term> simpler) {
        for (Term part : term.parts) {
            if (part.sort == sort) {
                simpler.add(part);
            }
            collect(part, simpler);
        }
    }
}
