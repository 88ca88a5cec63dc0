// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import java.util.HashMap;
import java.util.Map;

/** What no pattern can hold of a customer: the cart, and when what came last. */
public final class CepPast {
    public Map<String, Double> quantities = new HashMap<>();
    public Map<String, Long> touched = new HashMap<>();
    public long lastView = CepAct.NEVER;
    public long lastAdded = CepAct.NEVER;
    public long lastOrder = CepAct.NEVER;

    public CepPast() {}

    /** @param quantity more or less; 0 takes the line away */
    void change(CepAct act, double quantity) {
        if (act.product.isEmpty()) {
            return;
        }
        double known = quantities.getOrDefault(act.product, 0.0);
        double left = quantity == 0 ? 0 : known + quantity;
        if (left > 0 && (known > 0 || quantity > 0)) {
            quantities.put(act.product, left);
            touched.put(act.product, act.time);
            act.cartTouched = true;
        } else {
            quantities.remove(act.product);
            touched.remove(act.product);
        }
    }

    void emptyCart() {
        quantities.clear();
        touched.clear();
    }
}
