// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.reduction;

import dev.segue.value.Values;
import java.util.List;

/** No call: the values themselves, oldest first. */
final class Listing extends Reduction {
    Listing() {
        super("");
    }

    @Override
    public String call() {
        return "";
    }

    @Override
    public Object of(List<?> values, Object zero) {
        return Values.allReadable(values);
    }
}
