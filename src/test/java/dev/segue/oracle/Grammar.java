package dev.segue.oracle;

import static dev.segue.oracle.Sort.BOOL;
import static dev.segue.oracle.Sort.DOUBLE;
import static dev.segue.oracle.Sort.DOUBLES;
import static dev.segue.oracle.Sort.DURATION;
import static dev.segue.oracle.Sort.INT;
import static dev.segue.oracle.Sort.STREAM;
import static dev.segue.oracle.Sort.STRING;
import static dev.segue.oracle.Sort.STRINGS;
import static dev.segue.oracle.Sort.TIME;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Random definitions: every function of the language in every place where it may stand. */
final class Grammar {
    private static final int DEPTH = 3;

    private final Dice dice;
    private final Literals literals;
    private final Scoped scoped;

    Grammar(Dice dice) {
        this.dice = dice;
        this.literals = new Literals(dice);
        this.scoped = new Scoped(dice, literals);
    }

    /** The durations that definitions of this grammar use. */
    List<String> durations() {
        return literals.durations();
    }

    DefinitionTerm definition(String name) {
        Term when = condition(DEPTH);
        Term until = dice.once(3) ? condition(DEPTH - 1) : null;
        Map<String, Term> carry = new LinkedHashMap<>();
        for (int entry = dice.any(0, 0, 1, 2); entry > 0; entry--) {
            carry.put("c" + entry, carried());
        }
        return new DefinitionTerm(name, literals.takeParams(), when, until, carry, !carry.isEmpty() && !dice.once(3));
    }

    private Term carried() {
        return dice.<Term>oneOf(List.of(
                () -> whole(1),
                () -> number(1),
                () -> text(1),
                () -> values(STRINGS, 1),
                () -> values(DOUBLES, 1),
                () -> condition(1),
                () -> latest(TIME)));
    }

    private Term condition(int depth) {
        List<Supplier<Term>> choices = new ArrayList<>(List.of(
                this::counted,
                this::counted,
                this::counted,
                () -> lambda(BOOL, stream(2), ".exists(", BOOL, ")"),
                () -> compared(INT, Literals.COMPARISONS, depth),
                () -> compared(DOUBLE, Literals.COMPARISONS, depth),
                () -> compared(STRING, List.of("==", "!=", "<"), depth),
                () -> aboutTexts(Math.max(0, depth - 1)),
                () -> Term.of(BOOL, "%s > timestamp('2025-11-01T10:30:00Z')", latest(TIME)),
                () -> latest(BOOL)));
        if (depth > 0) {
            choices.add(() -> Term.of(BOOL, "(%s && %s)", condition(depth - 1), condition(depth - 1)));
            choices.add(() -> Term.of(BOOL, "(%s && %s)", condition(depth - 1), condition(depth - 1)));
            choices.add(() -> Term.of(BOOL, "(%s || %s)", condition(depth - 1), condition(depth - 1)));
            choices.add(() -> Term.of(BOOL, "(%s || %s)", condition(depth - 1), condition(depth - 1)));
            choices.add(() -> Term.of(BOOL, "!%s", Term.of(BOOL, "(%s)", condition(depth - 1))));
            choices.add(() ->
                    Term.of(BOOL, "(%s ? %s : %s)", condition(depth - 1), condition(depth - 1), condition(depth - 1)));
        }
        return dice.oneOf(choices);
    }

    /** A count beside a constant: the comparison that the engine knows best. */
    private Term counted() {
        Term count = count();
        String operator = dice.any(Literals.COMPARISONS);
        return dice.once(5)
                ? Term.of(BOOL, "%s " + operator + " %s", literals.of(INT), count)
                : Term.of(BOOL, "%s " + operator + " %s", count, literals.of(INT));
    }

    private Term count() {
        return dice.once(3)
                ? lambda(INT, stream(2), ".map(", dice.any(STRING, INT, DOUBLE, BOOL, TIME), ").distinct().count()")
                : Term.of(INT, "%s.count()", stream(2).term());
    }

    private Term compared(Sort sort, List<String> operators, int depth) {
        int inner = Math.max(0, depth - 1);
        Term left = value(sort, inner);
        Term right = dice.once(3) ? value(sort, inner) : literals.of(sort);
        return Term.of(BOOL, "%s " + dice.any(operators) + " %s", left, right);
    }

    private Term aboutTexts(int depth) {
        Term texts = values(STRINGS, depth);
        Scoped.Var var = new Scoped.Var("t", "", STRING);
        return switch (dice.roll(6)) {
            case 0 -> Term.of(BOOL, "%s in %s", literals.of(STRING), texts);
            case 1 -> Term.of(BOOL, "%s." + dice.any("exists", "all") + "(t, %s)", texts, scoped.condition(var, 1));
            case 2 -> Term.of(BOOL, "%s.size() > %s", texts, literals.of(INT));
            case 3 -> Term.of(BOOL, "%s[%s] == %s", texts, literals.of(INT), literals.of(STRING));
            case 4 -> Term.of(BOOL, "%s == [%s, %s]", texts, literals.of(STRING), literals.of(STRING));
            default ->
                Term.of(BOOL, "%s." + dice.any("contains", "startsWith", "endsWith") + "(%s)", text(depth), text(0));
        };
    }

    private Term value(Sort sort, int depth) {
        return switch (sort) {
            case INT -> whole(depth);
            case DOUBLE -> number(depth);
            default -> text(depth);
        };
    }

    private Term whole(int depth) {
        return switch (dice.roll(depth > 0 ? 10 : 4)) {
            case 0 -> count();
            case 1 -> lambda(INT, stream(2), ".map(", INT, ").sum()");
            case 2 -> latest(INT);
            case 3 -> lambda(INT, stream(2), ".map(", dice.any(STRING, INT), ").count()");
            case 4 -> Term.of(INT, "(%s " + dice.any("+", "-", "*") + " %s)", whole(depth - 1), whole(depth - 1));
            // Division by nothing is a run-time error.
            case 5 -> Term.of(INT, "(%s " + dice.any("/", "%%") + " %s)", whole(depth - 1), whole(depth - 1));
            case 6 -> Term.of(INT, "%s.size()", text(depth - 1));
            case 7 -> Term.of(INT, "int(%s)", number(depth - 1));
            case 8 -> Term.of(INT, "(%s ? %s : %s)", condition(depth - 1), whole(depth - 1), whole(depth - 1));
            default -> Term.of(INT, "(-%s)", whole(depth - 1));
        };
    }

    private Term number(int depth) {
        return switch (dice.roll(depth > 0 ? 7 : 3)) {
            case 0 -> lambda(DOUBLE, stream(2), ".map(", DOUBLE, ").sum()");
            case 1 -> latest(DOUBLE);
            case 2 -> lambda(DOUBLE, stream(1), ".map(", DOUBLE, ").latest()");
            case 3 ->
                Term.of(DOUBLE, "(%s " + dice.any("+", "-", "*", "/") + " %s)", number(depth - 1), number(depth - 1));
            case 4 -> Term.of(DOUBLE, "double(%s)", whole(depth - 1));
            case 5 -> Term.of(DOUBLE, "(%s ? %s : %s)", condition(depth - 1), number(depth - 1), number(depth - 1));
            default -> Term.of(DOUBLE, "%s.distinct().sum()", values(DOUBLES, depth - 1));
        };
    }

    private Term text(int depth) {
        return switch (dice.roll(depth > 0 ? 5 : 2)) {
            case 0 -> latest(STRING);
            case 1 -> lambda(STRING, stream(2), ".map(", STRING, ").latest()");
            case 2 -> Term.of(STRING, "(%s + %s)", text(depth - 1), text(depth - 1));
            case 3 -> Term.of(STRING, "(%s ? %s : %s)", condition(depth - 1), text(depth - 1), text(depth - 1));
            default -> Term.of(STRING, "string(%s)", whole(depth - 1));
        };
    }

    /** A list of plain values. */
    private Term values(Sort list, int depth) {
        Sort each = list == STRINGS ? STRING : DOUBLE;
        Term mapped = lambda(list, stream(2), ".map(", each, dice.any(")", ").distinct()"));
        Scoped.Var var = new Scoped.Var("v", "", each);
        return switch (depth > 0 ? dice.roll(4) : 0) {
            case 1 -> Term.of(list, "%s.filter(v, %s)", mapped, scoped.condition(var, 1));
            case 2 -> Term.of(list, "%s.map(v, %s)", mapped, scoped.value(each, var, 1));
            default -> mapped;
        };
    }

    /** A field of the latest element. */
    private Term latest(Sort sort) {
        for (int attempt = 0; attempt < 20; attempt++) {
            String source = dice.any(Elements.STREAMS);
            List<Elements.Part> parts = Elements.of(source).stream()
                    .filter(part -> part.sort() == sort)
                    .toList();
            if (!parts.isEmpty()) {
                return Term.of(sort, "%s.latest()." + dice.any(parts).path(), stream(source, 2));
            }
        }
        return Term.of(sort, "page_viewed.latest()." + (sort == BOOL ? "landing" : "time"));
    }

    private Term lambda(Sort sort, Stream stream, String call, Sort body, String suffix) {
        Scoped.Var var = new Scoped.Var(scoped.name(), stream.source(), STRING);
        return Term.of(
                sort, "%s" + call + var.name() + ", %s" + suffix, stream.term(), scoped.value(body, var, dice.roll(3)));
    }

    private record Stream(String source, Term term) {}

    private Stream stream(int depth) {
        return drawn(dice.any(Elements.STREAMS), depth);
    }

    private Term stream(String source, int depth) {
        return drawn(source, depth).term();
    }

    private Stream drawn(String source, int depth) {
        Term term = Term.of(STREAM, source);
        for (int steps = dice.any(0, 0, 1, 1, 1, 2, 3); steps > 0; steps--) {
            term = narrowed(source, term, depth);
        }
        return new Stream(source, term);
    }

    private Term narrowed(String source, Term term, int depth) {
        switch (dice.roll(depth > 0 ? 7 : 5)) {
            case 0, 1 -> {
                return Term.of(STREAM, "%s.within(%s)", term, literals.of(DURATION));
            }
            case 2 -> {
                return Term.of(STREAM, "%s.before(%s)", term, literals.of(DURATION));
            }
            case 3, 4 -> {
                Scoped.Var var = new Scoped.Var(scoped.name(), source, STRING);
                return Term.of(STREAM, "%s.filter(" + var.name() + ", %s)", term, scoped.condition(var, dice.roll(3)));
            }
            default -> {
                String other = dice.any(Elements.STREAMS.subList(3, Elements.STREAMS.size()));
                return Term.of(STREAM, "%s.after(%s)", term, stream(other, depth - 1));
            }
        }
    }
}
