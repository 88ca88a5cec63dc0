// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import static dev.segue.oracle.Sort.BOOL;
import static dev.segue.oracle.Sort.DOUBLE;
import static dev.segue.oracle.Sort.INT;
import static dev.segue.oracle.Sort.STRING;
import static dev.segue.oracle.Sort.TIME;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Generates terms over the element of a lambda: conditions of filters, values of maps. Some have no value. */
final class Scoped {
    private static final List<String> NAMES = List.of("e", "e", "x", "p");

    private final Dice dice;
    private final Literals literals;
    private final AskedFacts facts;

    Scoped(Dice dice, Literals literals, AskedFacts facts) {
        this.dice = dice;
        this.literals = literals;
        this.facts = facts;
    }

    /**
     * The variable of a lambda.
     *
     * @param element the stream that it is an element of, {@code Product}, or empty for a plain value
     * @param sort its sort if it is a plain value
     */
    record Var(String name, String element, Sort sort) {}

    String name() {
        return dice.any(NAMES);
    }

    /** A value of a sort; null where the variable has none. */
    Term value(Sort sort, Var var, int depth) {
        return switch (sort) {
            case BOOL -> condition(var, depth);
            case INT -> whole(var, depth);
            case DOUBLE -> number(var, depth);
            case STRING -> text(var, depth);
            default ->
                AskedFacts.haveProduct(var) && facts.once(4)
                        ? facts.value(sort, var)
                        : Term.of(TIME, var.name() + ".time");
        };
    }

    private Term field(Sort sort, Var var) {
        if (AskedFacts.haveProduct(var) && facts.once(3)) {
            return facts.value(sort, var);
        }
        if (var.element().isEmpty()) {
            return var.sort() == sort ? Term.of(sort, var.name()) : literals.of(sort);
        }
        List<Elements.Part> parts = Elements.of(var.element()).stream()
                .filter(part -> part.sort() == sort)
                .toList();
        if (dice.once(12) && (sort == STRING || sort == INT)) {
            return Term.of(sort, sort == STRING ? dice.any("profile.favourite", "customer.id") : "profile.age");
        }
        return parts.isEmpty()
                ? literals.of(sort)
                : Term.of(sort, var.name() + "." + dice.any(parts).path());
    }

    Term condition(Var var, int depth) {
        if (AskedFacts.haveProduct(var) && facts.once(3)) {
            return facts.value(BOOL, var);
        }
        List<Supplier<Term>> choices = new ArrayList<>(List.of(
                () -> compared(STRING, List.of("==", "!="), var, depth),
                () -> compared(STRING, List.of("==", "<", ">="), var, depth),
                () -> compared(INT, Literals.COMPARISONS, var, depth),
                () -> compared(DOUBLE, Literals.COMPARISONS, var, depth),
                () -> dice.once(6) ? Term.of(BOOL, "%s in customer.ids", text(var, 0)) : field(BOOL, var),
                () -> Term.of(BOOL, "%s in [%s, %s]", text(var, 0), literals.of(STRING), literals.of(STRING)),
                () -> Term.of(
                        BOOL,
                        "%s." + dice.any("contains", "startsWith", "endsWith") + "(%s)",
                        text(var, 0),
                        text(var, 0)),
                () -> Term.of(BOOL, "%s.matches('" + dice.any("^a", "b$", "a.*b", "[ab]+") + "')", text(var, 0))));
        if (depth > 0) {
            choices.add(() -> Term.of(BOOL, "(%s && %s)", condition(var, depth - 1), condition(var, depth - 1)));
            choices.add(() -> Term.of(BOOL, "(%s || %s)", condition(var, depth - 1), condition(var, depth - 1)));
            choices.add(() -> Term.of(BOOL, "!(%s)", condition(var, depth - 1)));
        }
        if (!var.element().isEmpty()) {
            choices.add(() -> Term.of(
                    BOOL,
                    "has(" + var.name() + "."
                            + dice.any(Elements.of(var.element())).path() + ")"));
        }
        choices.addAll(special(var, depth));
        return dice.oneOf(choices);
    }

    private static boolean hasProducts(Var var) {
        return var.element().equals("order_completed") || var.element().equals("purchase");
    }

    private List<Supplier<Term>> special(Var var, int depth) {
        if (hasProducts(var)) {
            return List.of(
                    () -> inner(BOOL, "%s.products." + dice.any("exists", "all"), var, BOOL, depth, ""),
                    () -> Term.of(
                            BOOL,
                            "%s > %s",
                            inner(INT, "%s.products.filter", var, BOOL, depth, ".size()"),
                            literals.of(INT)),
                    () -> Term.of(
                            BOOL,
                            "%s > %s",
                            inner(DOUBLE, "%s.products.map", var, DOUBLE, depth, ".sum()"),
                            literals.of(DOUBLE)));
        }
        if (var.element().equals("form_submitted")) {
            String v = var.name();
            return List.of(
                    () -> Term.of(
                            BOOL, "('a' in " + v + ".answers && " + v + ".answers['a'] == %s)", literals.of(STRING)),
                    () -> Term.of(BOOL, "(has(" + v + ".points.b) && " + v + ".points.b > %s)", literals.of(INT)),
                    () -> Term.of(BOOL, v + ".answers.size() > %s", literals.of(INT)));
        }
        if (var.element().equals("custom_event")) {
            return ofProperties(var.name());
        }
        return var.element().isEmpty() || var.element().equals("Product")
                ? List.of()
                : List.of(() -> Term.of(BOOL, var.name() + ".time > timestamp('2025-11-01T10:30:00Z')"));
    }

    private List<Supplier<Term>> ofProperties(String variable) {
        String properties = variable + ".properties";
        return List.of(
                () -> attribute(properties),
                () -> attribute(properties),
                () -> attribute(properties),
                () -> attribute("profile.attributes"),
                () -> Term.of(BOOL, literals.key() + " in " + properties),
                () -> Term.of(BOOL, "has(" + properties + "." + dice.any("a", "b") + ")"),
                () -> Term.of(BOOL, "double(" + properties + "[" + literals.key() + "]) > %s", literals.of(DOUBLE)),
                () -> Term.of(BOOL, "string(" + properties + "[" + literals.key() + "]) == %s", literals.of(STRING)));
    }

    /** A test of an entry of a map of mixed values. */
    Term attribute(String map) {
        String entry = map + "[" + literals.key() + "]";
        return switch (dice.roll(6)) {
            case 0 ->
                Term.of(
                        BOOL,
                        entry + "." + dice.any("contains", "startsWith", "endsWith") + "(%s)",
                        literals.of(STRING));
            case 1 -> Term.of(BOOL, entry + " in [%s, %s]", literals.of(STRING), literals.of(STRING));
            case 2 -> Term.of(BOOL, "%s " + dice.any(Literals.COMPARISONS) + " " + entry, literals.mixed());
            default -> Term.of(BOOL, entry + " " + dice.any(Literals.COMPARISONS) + " %s", literals.mixed());
        };
    }

    /** A term over the lines of an order. The inner variable may hide the outer one. */
    private Term inner(Sort sort, String call, Var var, Sort body, int depth, String suffix) {
        Var line = new Var(name(), "Product", STRING);
        return Term.of(
                sort,
                call.replace("%s", var.name()) + "(" + line.name() + ", %s)" + suffix,
                value(body, line, Math.max(0, depth - 1)));
    }

    private Term compared(Sort sort, List<String> operators, Var var, int depth) {
        Term left = value(sort, var, Math.max(0, depth - 1));
        Term right = dice.once(4) ? value(sort, var, 0) : literals.of(sort);
        return Term.of(BOOL, "%s " + dice.any(operators) + " %s", left, right);
    }

    private Term whole(Var var, int depth) {
        return switch (depth > 0 ? dice.roll(8) : 0) {
            case 7 -> failing(var, depth);
            case 1 -> Term.of(INT, "(%s " + dice.any("+", "-", "*") + " %s)", whole(var, depth - 1), literals.of(INT));
            case 2 -> Term.of(INT, "(%s " + dice.any("/", "%%") + " %s)", whole(var, depth - 1), literals.nonZero());
            case 3 -> Term.of(INT, "%s.size()", text(var, depth - 1));
            case 4 -> hasProducts(var) ? Term.of(INT, var.name() + ".products.size()") : field(INT, var);
            case 5 ->
                Term.of(INT, "(%s ? %s : %s)", condition(var, depth - 1), whole(var, depth - 1), whole(var, depth - 1));
            case 6 -> Term.of(INT, "int(%s)", number(var, depth - 1));
            default -> field(INT, var);
        };
    }

    /** A whole number that some elements lack. */
    private Term failing(Var var, int depth) {
        return switch (dice.roll(4)) {
            case 0 -> Term.of(INT, "int(%s)", text(var, 0));
            case 1 ->
                hasProducts(var)
                        ? Term.of(INT, "int(" + var.name() + ".products[0].quantity)")
                        : Term.of(INT, "(%s " + dice.any("/", "%%") + " %s)", literals.nonZero(), field(INT, var));
            case 2 ->
                var.element().equals("form_submitted")
                        ? Term.of(INT, var.name() + ".answers['a'].size()")
                        : Term.of(INT, "(%s + 9223372036854775806 - 9223372036854775806)", field(INT, var));
            default -> Term.of(INT, "(%s / %s)", whole(var, depth - 1), whole(var, 0));
        };
    }

    private Term number(Var var, int depth) {
        return switch (depth > 0 ? dice.roll(6) : 0) {
            case 1 ->
                Term.of(DOUBLE, "(%s " + dice.any("+", "-", "*") + " %s)", number(var, depth - 1), number(var, 0));
            case 2 -> Term.of(DOUBLE, "double(%s)", whole(var, depth - 1));
            case 3 ->
                hasProducts(var)
                        ? inner(DOUBLE, "%s.products.map", var, DOUBLE, depth, ".sum()")
                        : Term.of(DOUBLE, "(-%s)", field(DOUBLE, var));
            default -> field(DOUBLE, var);
        };
    }

    private Term text(Var var, int depth) {
        return switch (depth > 0 ? dice.roll(7) : 0) {
            case 1 -> Term.of(STRING, "(%s + %s)", text(var, depth - 1), text(var, 0));
            case 2 -> Term.of(STRING, "(%s ? %s : %s)", condition(var, depth - 1), text(var, depth - 1), text(var, 0));
            case 3 ->
                var.element().equals("custom_event")
                        ? Term.of(STRING, "string(" + var.name() + ".properties[" + literals.key() + "])")
                        : var.element().equals("form_submitted")
                                ? Term.of(
                                        STRING,
                                        "('a' in " + var.name() + ".answers ? " + var.name()
                                                + ".answers['a'] : 'none')")
                                : field(STRING, var);
            case 4 -> Term.of(STRING, "string(%s)", whole(var, depth - 1));
            case 5 -> Term.of(STRING, dice.any("lower", "trim") + "(%s)", text(var, depth - 1));
            default -> field(STRING, var);
        };
    }
}
