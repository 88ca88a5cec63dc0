// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import dev.segue.plan.expression.Frame;
import dev.segue.plan.product.AskedProducts;
import dev.segue.plan.state.CustomerState;
import java.util.BitSet;
import java.util.List;

/** Records about which products a plan's definitions ask for a customer, and finds those that new facts answer. */
final class ProductQuestions {
    private final BitSet asking = new BitSet();

    /** @param definitions in the order of their positions */
    ProductQuestions(List<CompiledDefinition> definitions) {
        for (int position = 0; position < definitions.size(); position++) {
            asking.set(position, definitions.get(position).asksAboutProducts());
        }
    }

    /** A definition is evaluated, or watched. */
    void begin(int definition, Frame frame) {
        if (asking.get(definition)) {
            frame.asksAboutProducts(definition);
        } else {
            frame.asksNoMore();
        }
    }

    /** A definition was evaluated and watched. */
    void end(int definition, Frame frame, CustomerState state) {
        if (asking.get(definition)) {
            state.askedProducts().set(definition, frame.askedProducts(definition));
        }
    }

    /** Returns the definitions that asked about products whose facts have changed at an instant, or before. */
    static BitSet answeredAt(long at, CustomerState state) {
        BitSet answered = new BitSet();
        AskedProducts asked = state.askedProducts();
        for (int index = 0; index < asked.size(); index++) {
            if (state.products().changesAt(asked.products(index), asked.seen()) <= at) {
                answered.set(asked.definition(index));
            }
        }
        return answered;
    }

    /** The customer has been evaluated under all facts of an instant, in milliseconds since the epoch, and earlier ones. */
    static void seenAt(long instant, CustomerState state) {
        state.askedProducts().setSeen(state.products().numberAt(instant));
    }
}
