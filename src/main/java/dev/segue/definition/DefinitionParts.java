// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition;

import dev.segue.definition.language.Expression;
import dev.segue.definition.language.Subexpressions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lists a definition's expressions by the key under which they are written. */
public final class DefinitionParts {
    private DefinitionParts() {}

    /** Returns the expressions that decide membership, in evaluation order; the choices for a group. */
    public static Map<String, Expression> of(Definition definition) {
        Map<String, Expression> parts = new LinkedHashMap<>();
        if (definition.rule() instanceof DefinitionRule.Segment segment) {
            parts.put("when", segment.when());
            put(parts, "until", segment.until());
        } else if (definition.rule() instanceof DefinitionRule.Group group) {
            parts.putAll(group.choices());
        } else if (definition.rule() instanceof DefinitionRule.Trait trait) {
            put(parts, "when", trait.when());
            parts.put("value", trait.value());
        } else if (definition.rule() instanceof DefinitionRule.Trigger trigger) {
            put(parts, "cancel", trigger.cancel());
            put(parts, "when", trigger.when());
            put(parts, "consent", trigger.consent());
        } else if (definition.rule() instanceof DefinitionRule.Channel channel) {
            put(parts, "consent", channel.sending().consent());
        } else if (definition.rule() instanceof DefinitionRule.Population population) {
            parts.put("value", population.percentile().value());
        }
        return parts;
    }

    private static void put(Map<String, Expression> parts, String key, @Nullable Expression expression) {
        if (expression != null) {
            parts.put(key, expression);
        }
    }

    /** Returns the percentiles that a definition reads, by what identifies their populations. */
    public static Map<String, Expression.Percentile> percentiles(Definition definition) {
        Map<String, Expression.Percentile> found = new LinkedHashMap<>();
        of(definition).values().forEach(expression -> addPercentiles(expression, found));
        definition.carry().values().forEach(expression -> addPercentiles(expression, found));
        return found;
    }

    private static void addPercentiles(Expression expression, Map<String, Expression.Percentile> found) {
        if (expression instanceof Expression.Percentile percentile) {
            found.putIfAbsent(percentile.population(), percentile);
        }
        expression.children().forEach(child -> addPercentiles(child, found));
    }

    /** Returns all expressions of a definition with all their parts, also those inside readings of streams. */
    public static Stream<Expression> everything(Definition definition) {
        return Stream.concat(of(definition).values().stream(), definition.carry().values().stream())
                .flatMap(Subexpressions::all);
    }

    /** Returns whether a definition asks for facts of products. */
    public static boolean asksAboutProducts(Definition definition) {
        return everything(definition)
                .anyMatch(part -> part instanceof Expression.Product || part instanceof Expression.Launched);
    }

    /**
     * As {@link #of}, with the carry if its updates are emitted: all expressions that are evaluated when time passes.
     */
    public static Map<String, Expression> deciding(Definition definition) {
        Map<String, Expression> parts = of(definition);
        if (definition.updateCarry()) {
            definition.carry().forEach((name, expression) -> parts.put("carry." + name, expression));
        }
        return parts;
    }
}
