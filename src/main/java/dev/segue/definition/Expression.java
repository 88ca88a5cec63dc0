package dev.segue.definition;

import dev.segue.event.FieldType;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A checked, typed expression. Constants of the definition are already filled in, macros are single nodes, and every
 * use of a stream is one {@link Reading}: what is around the readings is plain arithmetic and logic.
 */
public sealed interface Expression {

    /** The type of its values. */
    FieldType type();

    /** Canonical text: the same meaning written the same way, in the language's own syntax. */
    String text();

    /** How tightly the outermost operator binds, as {@link Operators#precedence}; 9 binds tightest. */
    default int precedence() {
        return 9;
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

    /** The element that a lambda looks at. */
    record Variable(String name, FieldType type) implements Expression {
        @Override
        public String text() {
            return name;
        }
    }

    /** A field of a record, or of a map by its name. */
    record Select(Expression operand, String field, FieldType type) implements Expression {
        @Override
        public String text() {
            return Operators.operand(operand, 9) + "." + field;
        }
    }

    /** Whether a field of a record is set. */
    record Has(Expression operand, String field) implements Expression {
        @Override
        public FieldType type() {
            return FieldType.Scalar.BOOLEAN;
        }

        @Override
        public String text() {
            return "has(" + Operators.operand(operand, 9) + "." + field + ")";
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
    }

    /** A list written out. */
    record ListOf(List<Expression> elements, FieldType type) implements Expression {
        @Override
        public String text() {
            return elements.stream().map(Expression::text).collect(Collectors.joining(", ", "[", "]"));
        }
    }

    /** A map written out. */
    record MapOf(Map<Expression, Expression> entries, FieldType type) implements Expression {
        @Override
        public String text() {
            return entries.entrySet().stream()
                    .map(entry ->
                            entry.getKey().text() + ": " + entry.getValue().text())
                    .collect(Collectors.joining(", ", "{", "}"));
        }
    }

    /** One of {@code filter map exists all} over a plain list, such as an order's products. */
    record Comprehension(Kind kind, Expression range, Lambda lambda, FieldType type) implements Expression {
        /** Which one. */
        public enum Kind {
            FILTER,
            MAP,
            EXISTS,
            ALL;

            String word() {
                return name().toLowerCase(java.util.Locale.ROOT);
            }
        }

        @Override
        public String text() {
            return Operators.operand(range, 9) + "." + kind.word() + lambda.text();
        }
    }

    /** A reduction of a plain list to a value, such as {@code o.products.map(p, p.price).sum()}. */
    record Reduce(Expression list, Reduction reduction, FieldType type) implements Expression {
        @Override
        public String text() {
            return Operators.operand(list, 9) + "." + reduction.call();
        }
    }

    /**
     * What is asked of a stream: the one place where time and history come in. Each becomes one aggregate of the plan.
     *
     * @param pipeline which elements
     * @param projection what is taken of each; null where the elements themselves are counted
     * @param reduction how the values become one
     * @param text as written, with constants filled in
     */
    record Reading(
            Pipeline pipeline,
            @org.jspecify.annotations.Nullable Lambda projection,
            Reduction reduction,
            String text,
            FieldType type)
            implements Expression {}

    /** A variable and an expression over it. */
    record Lambda(Variable variable, Expression body) {
        String text() {
            return "(" + variable.name() + ", " + body.text() + ")";
        }
    }
}
