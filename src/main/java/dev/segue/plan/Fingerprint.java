// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import dev.segue.config.CurrencySettings;
import dev.segue.event.OriginPrecedence;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Computes the number that identifies a plan in each customer's state: FNV-1a over everything on which results depend
 * (the zone, the currency and its rates, the precedence of origins, the definitions' names and versions), and over the terms, because states store
 * the ids of the watched terms.
 *
 * @see <a href="http://www.isthe.com/chongo/tech/comp/fnv/">Fowler, Noll, Vo: FNV Hash</a>
 */
final class Fingerprint {
    private static final long OFFSET_BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private Fingerprint() {}

    /**
     * Returns the fingerprint; never 0, which means no plan.
     *
     * @param definitions those that are evaluated, compiled
     */
    static long of(List<CompiledDefinition> definitions, PlanSource source, List<Term> terms, PlanOptions options) {
        StringBuilder text = new StringBuilder(options.zone().getId()).append(';');
        CurrencySettings currency = options.currency();
        if (currency.shop() != null) {
            text.append(currency.shop()).append(currency.rates()).append(';');
        }
        if (!options.origins().equals(OriginPrecedence.usual())) {
            text.append(options.origins().words()).append(';');
        }
        for (CompiledDefinition definition : definitions) {
            text.append(definition.definition().id()).append(';');
        }
        for (Term term : terms) {
            text.append(term.definition()).append(term.aggregates()).append(term.settledValue());
        }
        SortedSet<String> ids = new TreeSet<>();
        source.kept().forEach(set -> set.forEach(definition -> ids.add(definition.id())));
        definitions.forEach(definition -> ids.remove(definition.definition().id()));
        text.append(String.join(";", ids));
        if (!source.untouched().isEmpty()) {
            text.append('!').append(String.join(";", new TreeSet<>(source.untouched())));
        }
        long hash = OFFSET_BASIS;
        for (byte b : text.toString().getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ b) * PRIME;
        }
        return hash == 0 ? 1 : hash;
    }
}
