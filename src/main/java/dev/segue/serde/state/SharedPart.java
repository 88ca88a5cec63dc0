// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.state;

import dev.segue.plan.population.Standings;
import dev.segue.plan.product.AskedProducts;
import dev.segue.plan.state.CustomerState;

/**
 * What of a stored customer depends on data that all customers share: where the customer stands in populations, and about
 * which products definitions asked.
 *
 * @param now the customer's own time, in milliseconds since the epoch
 */
public record SharedPart(Standings standings, AskedProducts asked, long now) {

    static void write(StateWriter out, CustomerState state) {
        Standings standings = state.standings();
        out.unsigned(standings.size());
        for (int index = 0; index < standings.size(); index++) {
            out.fixedInt((int) standings.population(index));
            out.signed(standings.bucketAt(index));
            out.unsigned(standings.placeAt(index));
        }
        write(out, state.askedProducts());
        out.signed(state.clock().now());
    }

    private static void write(StateWriter out, AskedProducts asked) {
        out.unsigned(asked.size());
        if (asked.isEmpty()) {
            return;
        }
        out.unsigned(asked.seen());
        for (int index = 0; index < asked.size(); index++) {
            out.unsigned(asked.definition(index));
            out.unsigned(asked.products(index).length);
            for (int product : asked.products(index)) {
                out.fixedInt(product);
            }
        }
    }

    static SharedPart read(StateReader in) {
        Standings standings = new Standings();
        for (int left = in.count(6); left > 0; left--) {
            standings.set(Integer.toUnsignedLong(in.fixedInt()), (int) in.signed(), (int) in.unsigned());
        }
        AskedProducts asked = new AskedProducts();
        int definitions = in.count(6);
        if (definitions > 0) {
            asked.setSeen(in.unsigned());
        }
        for (int left = definitions; left > 0; left--) {
            int definition = in.checked(in.unsigned());
            int[] products = new int[in.count(Integer.BYTES)];
            for (int index = 0; index < products.length; index++) {
                products[index] = in.fixedInt();
            }
            asked.set(definition, products);
        }
        return new SharedPart(standings, asked, in.signed());
    }
}
