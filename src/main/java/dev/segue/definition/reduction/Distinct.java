// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.reduction;

import dev.segue.value.Values;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** {@code distinct()}: each value once, in the order of its latest occurrence, which is the one that is kept. */
final class Distinct extends Reduction {
    Distinct() {
        super("distinct");
    }

    @Override
    public List<Signature> signatures() {
        return List.of(Signature.LIST);
    }

    @Override
    public boolean needsDistinctOnly() {
        return true;
    }

    @Override
    public Object of(List<?> values, Object zero) {
        return distinct(values);
    }

    static List<Object> distinct(List<?> values) {
        Set<Object> latestFirst = new LinkedHashSet<>();
        for (int index = values.size() - 1; index >= 0; index--) {
            latestFirst.add(Values.unsigned(Values.readable(values.get(index))));
        }
        List<Object> oldestFirst = new ArrayList<>(latestFirst);
        Collections.reverse(oldestFirst);
        return oldestFirst;
    }
}
