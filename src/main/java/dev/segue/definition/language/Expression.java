// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.language;

import dev.segue.definition.reduction.Reduction;
import dev.segue.event.Field;
import dev.segue.event.FieldType;
import dev.segue.event.RecordType;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A checked, typed expression. The definition's constants are already filled in, each macro is a single node, and every
 * use of a stream is one {@link Reading}. Everything around the readings is plain arithmetic and logic.
 */
public sealed interface Expression {

    /** Returns the type of the expression's values. */
    FieldType type();

    /**
     * Returns the canonical text in the language's own syntax: expressions with the same meaning have the same text.
     */
    String text();

    /** Returns the precedence of the outermost operator, as {@link Operators#precedence}; 9 binds tightest. */
    default int precedence() {
        return 9;
    }

    /** Returns the sub-expressions, in the order written. */
    default List<Expression> children() {
        return List.of();
    }

    /** Returns this expression with a free variable renamed. */
    default Expression rename(String from, String to) {
        return this;
    }

    /** A constant. The value is a Boolean, Long, Double or String. */
    record Literal(Object value, FieldType type) implements Expression {
        @Override
        public String text() {
            return value instanceof String string
                    ? "'" + string.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'"
                    : value.toString();
        }
    }

    /** The element to which a lambda is applied. */
    record Variable(String name, FieldType type) implements Expression {
        @Override
        public String text() {
            return name;
        }

        @Override
        public Variable rename(String from, String to) {
            return name.equals(from) ? new Variable(to, type) : this;
        }
    }

    /** A field of a record, or the entry of a map under that name. */
    record Select(Expression operand, String field, FieldType type) implements Expression {
        @Override
        public String text() {
            return Operators.operand(operand, 9) + "." + field;
        }

        @Override
        public List<Expression> children() {
            return List.of(operand);
        }

        @Override
        public Expression rename(String from, String to) {
            return new Select(operand.rename(from, to), field, type);
        }
    }

    /** Tests whether a field of a record is set. */
    record Has(Expression operand, String field) implements Expression {
        @Override
        public FieldType type() {
            return FieldType.Scalar.BOOLEAN;
        }

        @Override
        public String text() {
            return "has(" + Operators.operand(operand, 9) + "." + field + ")";
        }

        @Override
        public List<Expression> children() {
            return List.of(operand);
        }

        @Override
        public Expression rename(String from, String to) {
            return new Has(operand.rename(from, to), field);
        }
    }

    /**
     * The entry of a map of mixed values, read as one type. An entry that is missing or of another type reads as the
     * type's zero; an {@link AttributeTest} around it excludes that.
     */
    record Attribute(Expression map, String key, FieldType.Scalar type) implements Expression {
        @Override
        public String text() {
            return Operators.operand(map, 9) + "[" + new Literal(key, FieldType.Scalar.STRING).text() + "]";
        }

        @Override
        public List<Expression> children() {
            return List.of(map);
        }

        @Override
        public Attribute rename(String from, String to) {
            return new Attribute(map.rename(from, to), key, type);
        }
    }

    /**
     * A comparison of an attribute with a value of one type; false if the attribute is missing or of another type.
     *
     * @param written the comparison as written
     * @param comparison the same, with {@code attribute} as one of its arguments
     */
    record AttributeTest(Attribute attribute, Call written, Call comparison) implements Expression {
        @Override
        public FieldType type() {
            return FieldType.Scalar.BOOLEAN;
        }

        @Override
        public String text() {
            return written.text();
        }

        @Override
        public int precedence() {
            return written.precedence();
        }

        @Override
        public List<Expression> children() {
            return List.of(comparison);
        }

        @Override
        public Expression rename(String from, String to) {
            return new AttributeTest(attribute.rename(from, to), written.rename(from, to), comparison.rename(from, to));
        }
    }

    /** Tests whether an attribute is present and of its type. */
    record IsOfType(Attribute attribute) implements Expression {
        @Override
        public FieldType type() {
            return FieldType.Scalar.BOOLEAN;
        }

        @Override
        public String text() {
            String type = switch (attribute.type()) {
                case BOOLEAN -> "bool";
                case DOUBLE -> "double";
                default -> "string";
            };
            return "type(" + attribute.text() + ") == " + type;
        }

        @Override
        public int precedence() {
            return Operators.precedence(Operators.EQUALS);
        }

        @Override
        public List<Expression> children() {
            return List.of(attribute);
        }

        @Override
        public Expression rename(String from, String to) {
            return new IsOfType(attribute.rename(from, to));
        }
    }

    /** An operator or function, under CEL's name for it, such as {@code _&&_} or {@code startsWith}. */
    record Call(String function, List<Expression> arguments, FieldType type) implements Expression {
        @Override
        public String text() {
            return Operators.text(this);
        }

        @Override
        public int precedence() {
            return Operators.precedence(function);
        }

        @Override
        public List<Expression> children() {
            return arguments;
        }

        @Override
        public Call rename(String from, String to) {
            return new Call(function, renamed(arguments, from, to), type);
        }
    }

    /** A list literal. */
    record ListOf(List<Expression> elements, FieldType type) implements Expression {
        @Override
        public String text() {
            return elements.stream().map(Expression::text).collect(Collectors.joining(", ", "[", "]"));
        }

        @Override
        public List<Expression> children() {
            return elements;
        }

        @Override
        public Expression rename(String from, String to) {
            return new ListOf(renamed(elements, from, to), type);
        }
    }

    /** A map literal; the values are in the order of their keys. */
    record MapOf(List<Expression> keys, List<Expression> values, FieldType type) implements Expression {
        @Override
        public String text() {
            return IntStream.range(0, keys.size())
                    .mapToObj(index ->
                            keys.get(index).text() + ": " + values.get(index).text())
                    .collect(Collectors.joining(", ", "{", "}"));
        }

        @Override
        public List<Expression> children() {
            return Stream.concat(keys.stream(), values.stream()).toList();
        }

        @Override
        public Expression rename(String from, String to) {
            return new MapOf(renamed(keys, from, to), renamed(values, from, to), type);
        }
    }

    /** One of {@code filter map exists all share} over a plain list, such as an order's products. */
    record Comprehension(Kind kind, Expression range, Lambda lambda, FieldType type) implements Expression {
        public enum Kind {
            FILTER,
            MAP,
            EXISTS,
            ALL,
            SHARE;

            String word() {
                return name().toLowerCase(Locale.ROOT);
            }
        }

        @Override
        public String text() {
            return Operators.operand(range, 9) + "." + kind.word() + lambda.text();
        }

        @Override
        public List<Expression> children() {
            return List.of(range, lambda.body());
        }

        @Override
        public Expression rename(String from, String to) {
            return new Comprehension(kind, range.rename(from, to), lambda.rename(from, to), type);
        }
    }

    /** A reduction of a plain list to a value, such as {@code o.products.map(p, p.price).sum()}. */
    record Reduce(Expression list, Reduction reduction, FieldType type) implements Expression {
        @Override
        public String text() {
            return Operators.operand(list, 9) + "." + reduction.call();
        }

        @Override
        public List<Expression> children() {
            return List.of(list);
        }

        @Override
        public Expression rename(String from, String to) {
            return new Reduce(list.rename(from, to), reduction, type);
        }
    }

    /**
     * A value read from a stream: the only expression that depends on time and history. Each reading becomes one
     * aggregate of the plan.
     *
     * @param pipeline selects the elements
     * @param projection the value of each element; null if the elements themselves are reduced
     * @param reduction combines the values into one
     * @param factor of {@code overdue}; 0 for other reductions
     * @param text as written, with constants filled in
     */
    record Reading(
            Pipeline pipeline,
            @Nullable Lambda projection,
            Reduction reduction,
            double factor,
            String text,
            FieldType type)
            implements Expression {}

    /** A list whose elements are not values: conditions look into the streams of each. */
    sealed interface Grouped extends Expression permits Groups, ByKey {}

    /**
     * A stream split into groups of equal key, each in the stream's order. Groups are ordered by their first element.
     */
    record Groups(Pipeline pipeline, Lambda key, FieldType type) implements Grouped {
        @Override
        public String text() {
            return pipeline.text() + ".groupBy" + key.text();
        }
    }

    /**
     * One element for each key that any of the customer's streams has, in the order of the keys: the key, and every stream
     * that has the field, cut to the elements with that key.
     *
     * @param name such as {@code by_product}
     * @param field the field with the key, such as {@code product_id}
     */
    record ByKey(String name, String field, FieldType type) implements Grouped {
        @Override
        public String text() {
            return name;
        }

        /** Returns the streams of each element and the fields of theirs, by name. */
        public SortedMap<String, FieldType.Listing> streams() {
            SortedMap<String, FieldType.Listing> streams = new TreeMap<>();
            RecordType element = ((FieldType.Nested) ((FieldType.Listing) type).element()).record();
            for (Field stream : element.fields()) {
                if (stream.type() instanceof FieldType.Listing elements) {
                    streams.put(stream.name(), elements);
                }
            }
            return streams;
        }
    }

    /** The customer's profile, as the customer or the shop stated it. */
    record Profile(FieldType type) implements Expression {
        @Override
        public String text() {
            return "profile";
        }
    }

    /**
     * What is known of a product, or of one of its variants. Only single fields of it are values.
     *
     * @param variant the name of the variant; null if the product itself is asked about
     */
    record Product(Expression id, @Nullable Expression variant, FieldType type) implements Expression {
        /** The function's name in the language. */
        public static final String FUNCTION = "product";

        @Override
        public String text() {
            return FUNCTION + "(" + id.text() + (variant == null ? "" : ", " + variant.text()) + ")";
        }

        @Override
        public List<Expression> children() {
            return variant == null ? List.of(id) : List.of(id, variant);
        }

        @Override
        public Product rename(String from, String to) {
            return new Product(id.rename(from, to), variant == null ? null : variant.rename(from, to), type);
        }
    }

    /** The ids of the products of a category that were launched in a time before now, the latest launch first. */
    record Launched(Expression category, Span window) implements Expression {
        /** The function's name in the language. */
        public static final String FUNCTION = "launched";

        /** The longest window. */
        public static final Duration LONGEST = Duration.ofDays(90);

        @Override
        public FieldType type() {
            return new FieldType.Listing(FieldType.Scalar.STRING);
        }

        @Override
        public String text() {
            return FUNCTION + "(" + category.text() + ", '" + window.text() + "')";
        }

        @Override
        public List<Expression> children() {
            return List.of(category);
        }
    }

    /** The ids of the customer. */
    record Customer(FieldType type) implements Expression {
        @Override
        public String text() {
            return Streams.CUSTOMER;
        }
    }

    /** Tests whether today is a date or one of the days before it: once, or every year. */
    record Calendar(Expression date, Span lead, boolean yearly) implements Expression {
        /** Returns the number of days before the date, at least 1. */
        public int days() {
            return (int) (lead.millis() / 86_400_000L);
        }

        @Override
        public FieldType type() {
            return FieldType.Scalar.BOOLEAN;
        }

        @Override
        public String text() {
            return (yearly ? "yearly(" : "upcoming(") + date.text() + ", '" + lead.text() + "')";
        }

        @Override
        public List<Expression> children() {
            return List.of(date);
        }
    }

    /** Membership in another definition's segment. */
    record InSegment(String segment) implements Expression {
        @Override
        public FieldType type() {
            return FieldType.Scalar.BOOLEAN;
        }

        @Override
        public String text() {
            return "in_segment('" + segment + "')";
        }
    }

    /**
     * The percentile of a value among the customers of a population, 0 to 100.
     *
     * @param among the segment whose members are the population; null for all customers whose value is not zero
     * @param minimum with fewer customers, nobody has a percentile
     */
    record Percentile(Expression value, @Nullable String among, int minimum) implements Expression {
        @Override
        public FieldType type() {
            return FieldType.Scalar.DOUBLE;
        }

        @Override
        public String text() {
            return Operators.operand(value, 9) + ".percentile()";
        }

        @Override
        public List<Expression> children() {
            return List.of(value);
        }

        /** Returns what identifies the population: its values, its customers and its minimum. */
        public String population() {
            return value.text() + " among " + (among == null ? "" : among) + " from " + minimum;
        }
    }

    /** A variable and an expression over it. */
    record Lambda(Variable variable, Expression body) {
        String text() {
            return "(" + variable.name() + ", " + body.text() + ")";
        }

        /**
         * Returns the body with the variable named {@code $}: lambdas that differ only in the variable's name have
         * equal results.
         */
        public Expression anonymous() {
            return body.rename(variable.name(), "$");
        }

        Lambda rename(String from, String to) {
            return variable.name().equals(from) ? this : new Lambda(variable, body.rename(from, to));
        }
    }

    private static List<Expression> renamed(List<Expression> expressions, String from, String to) {
        return expressions.stream()
                .map(expression -> expression.rename(from, to))
                .toList();
    }
}
