// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import dev.segue.config.CurrencySettings;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Computes the number that identifies a plan in each customer's state: FNV-1a over everything on which results depend
 * (the zone, the currency and its rates, the definitions' names and versions), and over the terms, because states store
 * the ids of the watched terms.
 *
 * @see <a href="http://www.isthe.com/chongo/tech/comp/fnv/">Fowler, Noll, Vo: FNV Hash</a>
 */
final class Fingerprint {
    private static final long OFFSET_BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private Fingerprint() {}

    /** Returns the fingerprint; never 0, which means no plan. */
    static long of(List<CompiledDefinition> definitions, List<Term> terms, PlanOptions options) {
        StringBuilder text = new StringBuilder(options.zone().getId()).append(';');
        CurrencySettings currency = options.currency();
        if (currency.shop() != null) {
            text.append(currency.shop()).append(currency.rates()).append(';');
        }
        for (CompiledDefinition definition : definitions) {
            text.append(definition.name())
                    .append(':')
                    .append(definition.version())
                    .append(';');
        }
        for (Term term : terms) {
            text.append(term.definition()).append(term.aggregates()).append(term.settledValue());
        }
        long hash = OFFSET_BASIS;
        for (byte b : text.toString().getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ b) * PRIME;
        }
        return hash == 0 ? 1 : hash;
    }
}
