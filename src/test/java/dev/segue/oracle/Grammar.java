// SPDX-License-Identifier: Apache-2.0
package dev.segue.oracle;

import static dev.segue.oracle.Sort.BOOL;
import static dev.segue.oracle.Sort.DOUBLE;
import static dev.segue.oracle.Sort.DOUBLES;
import static dev.segue.oracle.Sort.DURATION;
import static dev.segue.oracle.Sort.INT;
import static dev.segue.oracle.Sort.PRODUCT;
import static dev.segue.oracle.Sort.STREAM;
import static dev.segue.oracle.Sort.STRING;
import static dev.segue.oracle.Sort.STRINGS;
import static dev.segue.oracle.Sort.TIME;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Generates random definitions: every function of the language in every allowed place. */
final class Grammar {
    private static final int DEPTH = 3;
    /** An expression that reads a stream or the profile. */
    private static final String OF_CUSTOMER = "(?s).*(\\.(count|map|latest|first|share|most)\\(|profile\\.).*";

    private final Dice dice;
    private final Literals literals;
    private final Scoped scoped;
    private final AskedFacts facts;
    private List<String> asked = List.of();
    /** The streams that are read inside a group; none outside. */
    private List<Stream> inside = List.of();
    /** Whether the definition compares the customer with others. */
    private boolean compares;

    Grammar(Dice dice) {
        this.dice = dice;
        this.literals = new Literals(dice);
        this.facts = new AskedFacts(dice, literals);
        this.scoped = new Scoped(dice, literals, facts);
    }

    /** The durations that definitions of this grammar use. */
    List<String> durations() {
        return literals.durations();
    }

    /**
     * Begins a definition that compares nobody.
     *
     * @param askable segments to which it may refer
     */
    void begin(List<String> askable) {
        asked = List.copyOf(askable);
        compares = false;
        facts.begin(false);
    }

    /** The constants of the definition that was begun last. */
    Map<String, String> takeParams() {
        return literals.takeParams();
    }

    /** @param askable segments to which this definition may refer */
    DefinitionTerm definition(String name, List<String> askable) {
        asked = List.copyOf(askable);
        Map<String, Term> expressions = new LinkedHashMap<>();
        Map<String, String> keys = new LinkedHashMap<>();
        compares = dice.once(5);
        facts.begin(dice.once(3));
        String kind = dice.any("segment", "segment", "segment", "segment", "group", "trait");
        switch (kind) {
            case "group" -> {
                for (int choice = 1 + dice.roll(3); choice > 0; choice--) {
                    expressions.put("first/" + name + "-" + choice, condition(DEPTH - 1));
                }
            }
            case "trait" -> {
                if (dice.once(2)) {
                    expressions.put("when", condition(DEPTH - 1));
                }
                expressions.put("value", carried(false));
            }
            default -> segment(expressions, keys);
        }
        for (int entry = dice.any(0, 0, 1, 2); entry > 0; entry--) {
            expressions.put("carry/c" + entry, carried(true));
            if (!dice.once(3)) {
                keys.put("update", "carry");
            }
        }
        if (expressions.values().stream().anyMatch(term -> term.text().contains(".percentile()"))) {
            // Histories have only a few customers.
            keys.put("population", "{minimum: " + dice.any(1, 1, 2, 2, 3, 4) + "}");
            if (!asked.isEmpty() && dice.once(2)) {
                keys.put("among", dice.any(asked));
            }
        }
        return new DefinitionTerm(kind, name, literals.takeParams(), expressions, keys);
    }

    private void segment(Map<String, Term> expressions, Map<String, String> keys) {
        expressions.put("when", condition(DEPTH));
        if (dice.once(3)) {
            expressions.put("until", condition(DEPTH - 1));
        }
        if (dice.once(5)) {
            keys.put("for", dice.any(literals.durations()));
        }
        if (dice.once(6)) {
            keys.put("cooldown", dice.any(literals.durations()));
        }
    }

    /** @param open whether the value may be of any type */
    Term carried(boolean open) {
        if (compares && dice.once(3)) {
            return dice.once(2) ? percentile() : besides(percentile());
        }
        return dice.<Term>oneOf(List.of(
                () -> whole(1),
                () -> number(1),
                () -> text(1),
                () -> values(STRINGS, 1),
                () -> values(DOUBLES, 1),
                () -> condition(1),
                () -> groups(STRINGS),
                () -> byKey(STRINGS),
                () -> dice.once(2) ? Term.of(STRINGS, "customer.ids") : Term.of(INT, "customer.ids.count()"),
                () -> Term.of(
                        STRING,
                        open ? "profile.attributes[" + literals.key() + "]" : "string(profile.attributes['a'])"),
                () -> latest(TIME)));
    }

    Term condition(int depth) {
        if (compares && inside.isEmpty() && dice.once(2)) {
            return aboutOthers();
        }
        if (facts.once(2)) {
            return aboutProducts();
        }
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
                () -> lambda(BOOL, stream(2), ".all(", BOOL, ")"),
                () -> Term.of(
                        BOOL,
                        "%s " + dice.any(">", ">=", "<", "==") + " %s",
                        lambda(DOUBLE, stream(2), ".share(", BOOL, ")"),
                        Term.of(DOUBLE, dice.any("0.0", "0.5", "1.0"))),
                () -> Term.of(
                        BOOL,
                        "%s.overdue(" + dice.any("0.5", "1.0", "1.5", "3.0") + ")",
                        stream(2).term()),
                () -> Term.of(
                        BOOL,
                        "%s - %s > duration('" + dice.any("1h", "90s", "1h30m", "2d", "1w12h", "1500ms") + "')",
                        latest(TIME),
                        latest(TIME)),
                () -> latest(BOOL)));
        if (inside.isEmpty()) {
            choices.addAll(ofCustomer());
        }
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

    /** A condition on what is known of a product, or of those of a stream. */
    private Term aboutProducts() {
        if (inside.isEmpty() && dice.once(4)) {
            Stream seen = drawn(dice.any("product_viewed", "product_added", "cart"), dice.any(0, 1));
            Term ids = Term.of(STRINGS, "%s.map(v, v.product_id).distinct()", seen.term());
            Term category = dice.once(2)
                    ? literals.of(STRING)
                    : dice.once(2) ? latest(STRING) : Term.of(STRING, "product(%s).category", product());
            return facts.launched(category, ids, scoped.name());
        }
        Stream stream = inside.isEmpty() ? drawn(dice.any(AskedFacts.STREAMS), dice.any(0, 1)) : stream(1);
        Scoped.Var var = new Scoped.Var(scoped.name(), stream.source(), STRING);
        return AskedFacts.haveProduct(var) && !dice.once(3)
                ? facts.among(stream.term(), var, inside.isEmpty())
                : facts.condition(product());
    }

    /** A product, or a variant of it. */
    private Term product() {
        if (!inside.isEmpty()) {
            return dice.once(3) ? Term.of(PRODUCT, "%s, %s", latest(STRING), latest(STRING)) : facts.of(latest(STRING));
        }
        String latest = dice.any("product_viewed", "cart", "product_added") + ".latest()";
        Term id = dice.<Term>oneOf(
                List.of(facts::constant, () -> Term.of(STRING, latest + ".product_id"), () -> latest(STRING)));
        return dice.once(3)
                ? Term.of(PRODUCT, "%s, %s", id, dice.once(3) ? latest(STRING) : Term.of(STRING, latest + ".variant"))
                : facts.of(id);
    }

    /** A comparison of the customer with others; in small populations, percentiles are simple fractions. */
    private Term aboutOthers() {
        if (dice.once(8)) {
            return Term.of(
                    BOOL,
                    "%s " + dice.any(Literals.COMPARISONS) + " %s",
                    dice.once(2) ? besides(percentile()) : percentile(),
                    percentile());
        }
        String limit = dice.any("0.0", "0.1", "20.0", "25.0", "33.3", "33.4", "50.0", "50.0", "66.6", "75.0", "100.0");
        String operator = dice.any(Literals.COMPARISONS);
        return dice.once(5)
                ? Term.of(BOOL, limit + " " + operator + " %s", percentile())
                : Term.of(BOOL, "%s " + operator + " " + limit, percentile());
    }

    private Term besides(Term percentile) {
        return dice.once(3)
                ? Term.of(DOUBLE, "(%s - %s)", percentile, percentile())
                : Term.of(DOUBLE, "(%s " + dice.any("+ 1.0", "* 2.0", "/ 10.0", "- 50.0") + ")", percentile);
    }

    private Term percentile() {
        compares = false;
        Term value = compared();
        compares = true;
        return Term.of(DOUBLE, "%s.percentile()", value);
    }

    /** A value of the customer's. */
    private Term compared() {
        for (int attempt = 0; attempt < 20; attempt++) {
            Term value = dice.<Term>oneOf(List.of(
                    this::count,
                    this::count,
                    () -> Term.of(INT, "activity.count()"),
                    () -> Term.of(TIME, "activity.latest().time"),
                    () -> whole(1),
                    () -> number(1),
                    () -> number(1),
                    () -> latest(TIME),
                    () -> Term.of(DURATION, "(%s - %s)", latest(TIME), latest(TIME)),
                    () -> Term.of(INT, "(%s ? %s : %s)", condition(0), count(), whole(0))));
            if (value.text().matches(OF_CUSTOMER) && !value.text().contains("(e, e.properties")) {
                return value;
            }
        }
        return count();
    }

    /** Expressions that are not about one stream. */
    private List<Supplier<Term>> ofCustomer() {
        List<Supplier<Term>> choices = new ArrayList<>(List.of(
                () -> groups(BOOL),
                () -> groups(BOOL),
                () -> byKey(BOOL),
                () -> byKey(BOOL),
                () -> byKey(BOOL),
                () -> Term.of(
                        BOOL,
                        "upcoming(%s, '" + dice.any("1d", "2d", "7d") + "')",
                        dice.once(2)
                                ? Term.of(STRING, "profile.wedding_date")
                                : Term.of(STRING, dice.any("'2025-11-03'", "'2025-11-05'", "'2025-11-20'"))),
                () -> Term.of(
                        BOOL,
                        "yearly(%s, '" + dice.any("1d", "3d", "14d") + "')",
                        dice.once(2)
                                ? dice.once(2) ? date() : Term.of(STRING, "profile.birthday")
                                : Term.of(STRING, dice.any("'11-03'", "'1999-11-06'", "'12-01'", "'02-29'"))),
                () -> Term.of(
                        BOOL,
                        "has(profile."
                                + dice.any("favourite", "age", "tags", "attributes", "consent", "birthday", "city")
                                + ")"),
                () -> isSet(),
                () -> Term.of(BOOL, "%s in profile.tags", literals.of(STRING)),
                () -> Term.of(BOOL, "profile.tags['a'] == %s", literals.of(STRING)),
                () -> scoped.attribute("profile.attributes"),
                () -> scoped.attribute("profile.attributes"),
                () -> Term.of(BOOL, literals.key() + " in profile.attributes"),
                this::ofIds,
                this::ofIds,
                () -> Term.of(
                        BOOL,
                        "profile_updated.filter(e, e.origin == '" + dice.any("stated", "observed", "bought")
                                + "').count() > %s",
                        literals.of(INT)),
                () -> Term.of(BOOL, dice.any("profile.consent.email", "has(profile.consent.sms)"))));
        if (!asked.isEmpty()) {
            choices.add(() -> Term.of(BOOL, "in_segment('" + dice.any(asked) + "')"));
            choices.add(() -> Term.of(BOOL, "in_segment('" + dice.any(asked) + "')"));
            choices.add(() -> Term.of(BOOL, "!in_segment('" + dice.any(asked) + "')"));
        }
        return choices;
    }

    /** A condition on the customer's ids. */
    private Term ofIds() {
        Scoped.Var id = new Scoped.Var("i", "", STRING);
        String known = dice.any("'ann'", "'bob'", "'d1'", "'d2'");
        return switch (dice.roll(6)) {
            case 0 -> Term.of(BOOL, known + " in customer.ids");
            case 1 -> Term.of(BOOL, "customer.ids." + dice.any("exists", "all") + "(i, %s)", scoped.condition(id, 1));
            case 2 -> Term.of(BOOL, "customer.ids.filter(i, i != " + known + ").count() > %s", literals.of(INT));
            case 3 -> Term.of(BOOL, dice.any("customer.id == " + known, "customer.id.startsWith('d')"));
            default ->
                Term.of(BOOL, "customer.ids.count() " + dice.any(Literals.COMPARISONS) + " %s", literals.of(INT));
        };
    }

    /** A date that changes with time, or sometimes has no value. */
    private Term date() {
        return dice.once(3)
                ? Term.of(STRING, "%s[%s]", values(STRINGS, 0), literals.of(INT))
                : Term.of(STRING, "(%s ? '11-03' : '11-06')", counted());
    }

    /** An expression over the groups of a stream. */
    private Term groups(Sort sort) {
        Stream stream = stream(2);
        Scoped.Var var = new Scoped.Var(scoped.name(), stream.source(), STRING);
        Sort keySort = dice.any(STRING, STRING, STRING, INT, BOOL);
        Term key = scoped.value(keySort, var, dice.once(3) ? 1 : 0);
        String cut = "%s.groupBy(" + var.name() + ", %s)";
        inside = List.of(new Stream(stream.source(), Term.of(STREAM, "g")));
        Term result = sort == STRINGS
                ? Term.of(STRINGS, cut + ".filter(g, %s).map(g, %s)", stream.term(), key, condition(1), latest(STRING))
                : switch (dice.roll(7)) {
                    case 6 ->
                        Term.of(
                                BOOL,
                                cut + ".filter(g, %s).exists(g, %s)",
                                stream.term(),
                                key,
                                condition(1),
                                condition(1));
                    case 0 -> Term.of(BOOL, cut + ".all(g, %s)", stream.term(), key, condition(1));
                    case 1 ->
                        Term.of(BOOL, cut + ".map(g, %s).max() > %s", stream.term(), key, whole(0), literals.of(INT));
                    case 2 ->
                        Term.of(
                                BOOL,
                                cut + ".filter(g, %s).count() > %s",
                                stream.term(),
                                key,
                                condition(1),
                                literals.of(INT));
                    default -> Term.of(BOOL, cut + ".exists(g, %s)", stream.term(), key, condition(1));
                };
        inside = List.of();
        return result;
    }

    /** An expression over the streams of each key. */
    private Term byKey(Sort sort) {
        String list = dice.any("by_product", "by_product", "by_category", "by_session", "by_order");
        List<String> known = Elements.STREAMS.stream()
                .filter(stream -> Elements.of(stream).stream()
                        .anyMatch(part -> part.path().equals(KeyedStreams.FIELDS.get(list))))
                .toList();
        // Few streams meet in one key more often.
        inside = List.of(dice.any(known), dice.any(known)).stream()
                .map(stream -> new Stream(stream, Term.of(STREAM, "k." + stream)))
                .toList();
        Term result = ofKeys(sort, list);
        inside = List.of();
        return result;
    }

    private Term ofKeys(Sort sort, String list) {
        if (sort == STRINGS) {
            return dice.once(2)
                    ? Term.of(STRINGS, list + ".filter(k, %s).map(k, k.key)", ofKey())
                    : Term.of(STRINGS, list + ".filter(k, %s).map(k, %s)", ofKey(), latest(STRING));
        }
        return switch (dice.roll(8)) {
            case 0 -> Term.of(BOOL, list + ".all(k, %s)", ofKey());
            case 1 -> Term.of(BOOL, list + ".map(k, %s).max() > %s", whole(0), literals.of(INT));
            case 2 -> Term.of(BOOL, list + ".count() " + dice.any(Literals.COMPARISONS) + " %s", literals.of(INT));
            case 3 -> Term.of(BOOL, list + ".filter(k, %s).count() > %s", ofKey(), literals.of(INT));
            case 4 -> Term.of(BOOL, list + ".filter(k, %s).exists(k, %s)", ofKey(), ofKey());
            default -> Term.of(BOOL, list + ".exists(k, %s)", ofKey());
        };
    }

    /** A condition on one key; mostly on both streams. */
    private Term ofKey() {
        if (facts.once(3)) {
            return facts.condition(facts.of(Term.of(STRING, "k.key")));
        }
        return switch (dice.roll(8)) {
            case 0 -> Term.of(BOOL, "k.key " + dice.any("==", "!=", ">") + " %s", literals.of(STRING));
            case 1, 2 -> condition(1);
            default -> Term.of(BOOL, "(%s " + dice.any("&&", "&&", "||") + " %s)", counted(), counted());
        };
    }

    /** A count compared with a constant, for which the engine has the most optimizations. */
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
        if (facts.once(6)) {
            return facts.value(sort, product());
        }
        return switch (sort) {
            case INT -> whole(depth);
            case DOUBLE -> number(depth);
            default -> text(depth);
        };
    }

    private Term whole(int depth) {
        return switch (dice.roll(depth > 0 ? 13 : 7)) {
            case 4 -> lambda(INT, stream(2), ".map(", INT, ")." + dice.any("min()", "max()"));
            case 5 -> lambda(INT, stream(2), ".map(", dice.any(STRING, INT, DOUBLE), ").most().count");
            case 6 ->
                inside.isEmpty() && dice.once(3)
                        ? Term.of(INT, "profile.age")
                        : lambda(INT, stream(2), ".map(", INT, ")." + dice.any("most().value", "first()"));
            case 0 -> count();
            case 1 -> lambda(INT, stream(2), ".map(", INT, ").sum()");
            case 2 -> latest(INT);
            case 3 -> lambda(INT, stream(2), ".map(", dice.any(STRING, INT), ").count()");
            case 7 -> Term.of(INT, "(%s " + dice.any("+", "-", "*") + " %s)", whole(depth - 1), whole(depth - 1));
            // Division by zero is an evaluation error.
            case 8 -> Term.of(INT, "(%s " + dice.any("/", "%%") + " %s)", whole(depth - 1), whole(depth - 1));
            case 9 -> Term.of(INT, "%s.size()", text(depth - 1));
            case 10 -> Term.of(INT, "int(%s)", number(depth - 1));
            case 11 -> Term.of(INT, "(%s ? %s : %s)", condition(depth - 1), whole(depth - 1), whole(depth - 1));
            default -> Term.of(INT, "(-%s)", whole(depth - 1));
        };
    }

    private Term number(int depth) {
        if (inside.isEmpty() && dice.once(8)) {
            return Term.of(
                    DOUBLE,
                    "%s.map(e, e.properties[" + literals.key() + "])."
                            + dice.any("sum()", "avg()", "min()", "max()", "median()"),
                    drawn("custom_event", 2).term());
        }
        return switch (dice.roll(depth > 0 ? 11 : 7)) {
            case 7 ->
                Term.of(DOUBLE, "(%s " + dice.any("+", "-", "*", "/") + " %s)", number(depth - 1), number(depth - 1));
            case 8 -> Term.of(DOUBLE, "double(%s)", whole(depth - 1));
            case 9 -> Term.of(DOUBLE, "(%s ? %s : %s)", condition(depth - 1), number(depth - 1), number(depth - 1));
            case 3 ->
                lambda(DOUBLE, stream(2), ".map(", DOUBLE, ")." + dice.any("avg()", "median()", "min()", "max()"));
            case 4 -> lambda(DOUBLE, stream(2), ".map(", INT, ")." + dice.any("avg()", "median()"));
            case 5 -> lambda(DOUBLE, stream(2), ".map(", dice.any(STRING, BOOL, INT), ").most().share");
            case 6 -> lambda(DOUBLE, stream(2), ".share(", BOOL, ")");
            case 0 -> lambda(DOUBLE, stream(2), ".map(", DOUBLE, ").sum()");
            case 1 -> latest(DOUBLE);
            case 2 -> lambda(DOUBLE, stream(1), ".map(", DOUBLE, ").latest()");
            default -> Term.of(DOUBLE, "%s.distinct().sum()", values(DOUBLES, depth - 1));
        };
    }

    private Term text(int depth) {
        return switch (dice.roll(depth > 0 ? 8 : 4)) {
            case 7 -> Term.of(STRING, dice.any("lower", "trim") + "(%s)", text(depth - 1));
            case 2 -> lambda(STRING, stream(2), ".map(", STRING, ")." + dice.any("most().value", "first()"));
            case 3 ->
                inside.isEmpty() && dice.once(2)
                        ? Term.of(STRING, dice.any("profile.favourite", "profile.birthday", "customer.id"))
                        : latest(STRING);
            case 0 -> latest(STRING);
            case 1 -> lambda(STRING, stream(2), ".map(", STRING, ").latest()");
            case 4 -> Term.of(STRING, "(%s + %s)", text(depth - 1), text(depth - 1));
            case 5 -> Term.of(STRING, "(%s ? %s : %s)", condition(depth - 1), text(depth - 1), text(depth - 1));
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
            Stream own = inside.isEmpty() ? null : dice.any(inside);
            String source = own == null ? dice.any(Elements.STREAMS) : own.source();
            List<Elements.Part> parts = Elements.of(source).stream()
                    .filter(part -> part.sort() == sort)
                    .toList();
            if (!parts.isEmpty()) {
                return Term.of(
                        sort,
                        "%s." + dice.any("latest()", "latest()", "first()") + "."
                                + dice.any(parts).path(),
                        drawn(source, 2).term());
            }
        }
        return sort == TIME ? Term.of(sort, "activity.latest().time") : literals.of(sort);
    }

    /** Tests whether a field of the latest element is set. */
    private Term isSet() {
        Term field = latest(dice.any(STRING, DOUBLE));
        return field.text().contains(".latest().") || field.text().contains(".first().")
                ? Term.of(BOOL, "has(%s)", field)
                : isSet();
    }

    private Term lambda(Sort sort, Stream stream, String call, Sort body, String suffix) {
        Scoped.Var var = new Scoped.Var(scoped.name(), stream.source(), STRING);
        return Term.of(
                sort, "%s" + call + var.name() + ", %s" + suffix, stream.term(), scoped.value(body, var, dice.roll(3)));
    }

    /** A stream whose elements are related to those of another stream, or of the same one. */
    private Term related(String source, Term term) {
        List<String> others = Elements.STREAMS.stream()
                .filter(stream -> !Elements.DERIVED.contains(stream))
                .toList();
        String name = dice.once(3) ? source : dice.any(others);
        Term other = Term.of(STREAM, name);
        for (int filters = dice.any(0, 0, 1, 1, 2); filters > 0; filters--) {
            Scoped.Var var = new Scoped.Var(scoped.name(), name, STRING);
            Term condition = scoped.condition(var, dice.roll(3));
            if (!condition.text().matches("(?s).*(\\b(profile|customer)\\.|\\bproduct\\().*")) {
                other = Term.of(STREAM, "%s.filter(" + var.name() + ", %s)", other, condition);
            }
        }
        return Term.of(
                STREAM,
                "%s." + dice.any("follows", "unanswered", "unanswered") + "(%s, %s)",
                term,
                other,
                literals.of(DURATION));
    }

    private record Stream(String source, Term term) {}

    private Stream stream(int depth) {
        return drawn(
                inside.isEmpty() ? dice.any(Elements.STREAMS) : dice.any(inside).source(), depth);
    }

    private Stream drawn(String source, int depth) {
        Term term = inside.stream()
                .filter(own -> own.source().equals(source))
                .findFirst()
                .map(Stream::term)
                .orElseGet(() -> Term.of(STREAM, source));
        for (int steps = dice.any(0, 0, 1, 1, 1, 2, 3); steps > 0; steps--) {
            term = narrowed(source, term, depth);
        }
        return new Stream(source, term);
    }

    private Term narrowed(String source, Term term, int depth) {
        if (inside.isEmpty() && !Elements.DERIVED.contains(source) && dice.once(4)) {
            return related(source, term);
        }
        switch (dice.roll(depth > 0 ? 8 : 6)) {
            case 5 -> {
                return Term.of(STREAM, "%s.last(" + dice.any("1", "2", "2", "3") + ")", term);
            }
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
                List<Stream> within = inside;
                // Sometimes a group is compared with itself, otherwise with a stream of the customer.
                inside = dice.once(4)
                        ? within.stream()
                                .filter(own -> !own.term().text().equals("k.cart"))
                                .toList()
                        : List.of();
                Term latest = drawn(inside.isEmpty() ? other : dice.any(inside).source(), depth - 1)
                        .term();
                inside = within;
                return Term.of(STREAM, "%s.after(%s)", term, latest);
            }
        }
    }
}
