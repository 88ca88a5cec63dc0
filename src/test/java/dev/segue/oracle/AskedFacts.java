// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import static dev.segue.oracle.Sort.BOOL;
import static dev.segue.oracle.Sort.DOUBLE;
import static dev.segue.oracle.Sort.INT;
import static dev.segue.oracle.Sort.PRODUCT;
import static dev.segue.oracle.Sort.STRING;
import static dev.segue.oracle.Sort.TIME;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Generates terms about what is known of products; only while a definition may ask about them. */
final class AskedFacts {
    private static final List<String> CALENDAR = List.of("launched_at", "sold_out_at", "restocked_at");
    private static final List<String> TEXTS = List.of("category", "category", "name", "url", "image");

    /** The streams with products; those listed twice are chosen more often. */
    static final List<String> STREAMS = List.of(
            "cart", "cart", "product_viewed", "product_viewed", "product_added", "product_removed", "item_bought");

    private final Dice dice;
    private final Literals literals;
    private boolean asks;

    AskedFacts(Dice dice, Literals literals) {
        this.dice = dice;
        this.literals = literals;
    }

    /** Whether the next definition asks about products. */
    void begin(boolean about) {
        asks = about;
    }

    /** Whether to ask about a product in one of some places; never if the definition does not. */
    boolean once(int in) {
        return asks && dice.once(in);
    }

    /** The id of a product that many events have. */
    Term constant() {
        return Term.of(STRING, dice.any("'a'", "'a'", "'b'", "'ab'", "'unknown'", "''"));
    }

    /** Whether an element of a lambda names a product; a plain text may be a product's id too. */
    static boolean haveProduct(Scoped.Var var) {
        return var.element().isEmpty()
                ? var.sort() == STRING
                : Elements.of(var.element()).stream()
                        .anyMatch(part -> part.path().equals("product_id"));
    }

    /** The product of an element, or the variant of it that the element names. */
    private Term of(Scoped.Var var) {
        if (var.element().isEmpty()) {
            return of(Term.of(STRING, var.name()));
        }
        Term id = Term.of(STRING, var.name() + ".product_id");
        String own = dice.any(".variant", ".variant", ".variant", ".sku");
        return dice.once(3) ? of(id) : Term.of(PRODUCT, "%s, %s", id, Term.of(STRING, var.name() + own));
    }

    /** A product, or a variant of it. */
    Term of(Term id) {
        return dice.once(2) ? Term.of(PRODUCT, "%s", id) : Term.of(PRODUCT, "%s, %s", id, variant());
    }

    /** The name of a variant that many events have. */
    private Term variant() {
        return Term.of(STRING, dice.any("'red'", "'red'", "'blue'", "'a'", "'unknown'", "''"));
    }

    /** A fact of a sort; null if there is none. */
    Term value(Sort sort, Term id) {
        return switch (sort) {
            case BOOL -> condition(id);
            case INT -> Term.of(INT, "product(%s).stock", id);
            case DOUBLE -> Term.of(DOUBLE, "product(%s).price", id);
            case TIME -> Term.of(TIME, "product(%s)." + dice.any(CALENDAR), id);
            default -> Term.of(STRING, "product(%s)." + dice.any(TEXTS), id);
        };
    }

    Term value(Sort sort, Scoped.Var var) {
        return sort == BOOL ? condition(var) : value(sort, of(var));
    }

    /** A condition on the product of an element: mostly compared with what the element says itself. */
    private Term condition(Scoped.Var var) {
        Term id = of(var);
        List<Supplier<Term>> choices = new ArrayList<>(List.of(() -> condition(id), () -> condition(id)));
        List<Elements.Part> parts = var.element().isEmpty() ? List.of() : Elements.of(var.element());
        for (Elements.Part part : parts) {
            String own = var.name() + "." + part.path();
            if (part.path().equals("price")) {
                choices.add(() -> Term.of(BOOL, "product(%s).price <= " + own + " * " + dice.any("0.9", "1.0"), id));
                choices.add(() -> Term.of(BOOL, "product(%s).price < " + own, id));
            } else if (part.path().equals("time")) {
                choices.add(() -> Term.of(BOOL, own + " < product(%s)." + dice.any(CALENDAR), id));
                choices.add(() ->
                        Term.of(BOOL, "product(%s)." + dice.any(CALENDAR) + " - " + own + " > duration('1h')", id));
            } else if (part.path().equals("category")) {
                choices.add(() -> Term.of(BOOL, "product(%s).category != " + own, id));
            }
        }
        return dice.oneOf(choices);
    }

    /**
     * A condition on the products of a stream's elements.
     *
     * @param whole whether it is a stream of the customer, and not of a group
     */
    Term among(Term stream, Scoped.Var var, boolean whole) {
        Term one = condition(var);
        String call = "(" + var.name() + ", %s)";
        if (whole && dice.once(6)) {
            return Term.of(
                    BOOL,
                    "%s.groupBy(" + var.name() + ", %s).exists(g, g.count() > %s)",
                    stream,
                    value(STRING, of(var)),
                    literals.of(INT));
        }
        return dice.<Term>oneOf(List.of(
                () -> Term.of(BOOL, "%s.exists" + call, stream, one),
                () -> Term.of(BOOL, "%s.exists" + call, stream, one),
                () -> Term.of(BOOL, "%s.all" + call, stream, one),
                () -> Term.of(BOOL, "%s.share" + call + dice.any(" > 0.5", " == 1.0", " < 0.4"), stream, one),
                () -> Term.of(BOOL, "%s.filter" + call + ".count() > %s", stream, one, literals.of(INT)),
                () -> Term.of(
                        BOOL, "%s.map" + call + ".sum() > %s", stream, value(DOUBLE, of(var)), literals.of(DOUBLE)),
                () -> Term.of(
                        BOOL,
                        "%s.map" + call + ".latest()" + dice.any(" == ", " != ") + "%s",
                        stream,
                        value(STRING, of(var)),
                        literals.of(STRING))));
    }

    /**
     * A condition on the products that were launched in a category.
     *
     * @param seen a list of products' ids
     * @param var a name for a product
     */
    Term launched(Term category, Term seen, String var) {
        Term id = of(Term.of(STRING, var));
        Term list = Term.of(Sort.STRINGS, "launched(%s, %s)", category, literals.of(Sort.DURATION));
        return dice.<Term>oneOf(List.of(
                () -> Term.of(
                        BOOL, "%s.size() " + dice.any(Literals.COMPARISONS) + " " + dice.any("0", "1", "2"), list),
                () -> Term.of(BOOL, "%s.exists(" + var + ", !(" + var + " in %s))", list, seen),
                () -> Term.of(BOOL, "%s.exists(" + var + ", !(" + var + " in %s))", list, seen),
                () -> Term.of(BOOL, "%s.exists(" + var + ", %s)", list, condition(id)),
                () -> Term.of(BOOL, "%s.all(" + var + ", %s || " + var + " in %s)", list, condition(id), seen),
                () -> Term.of(BOOL, "%s.filter(" + var + ", " + var + " in %s).size() > 0", list, seen),
                () -> Term.of(BOOL, "%s in %s", constant(), list)));
    }

    Term condition(Term id) {
        return dice.<Term>oneOf(List.of(
                () -> Term.of(
                        BOOL,
                        "product(%s).stock " + dice.any(Literals.COMPARISONS) + " " + dice.any("0", "0", "1", "3", "5"),
                        id),
                () -> Term.of(
                        BOOL,
                        "(product(%s).stock > 0 && product(%s).stock <= " + dice.any("1", "3", "5") + ")",
                        id,
                        id),
                () -> Term.of(
                        BOOL, "product(%s).price " + dice.any(Literals.COMPARISONS) + " %s", id, literals.of(DOUBLE)),
                () -> Term.of(BOOL, "product(%s).category " + dice.any("==", "!=") + " %s", id, literals.of(STRING)),
                () -> Term.of(BOOL, "product(%s)." + dice.any(TEXTS) + ".startsWith('a')", id),
                () -> Term.of(
                        BOOL,
                        "product(%s)." + dice.any(CALENDAR) + " " + dice.any("<", ">")
                                + " timestamp('2025-11-01T10:30:00Z')",
                        id),
                () -> Term.of(
                        BOOL,
                        "has(product(%s)."
                                + dice.any("stock", "price", "category", "launched_at", "sold_out_at", "restocked_at")
                                + ")",
                        id)));
    }
}
