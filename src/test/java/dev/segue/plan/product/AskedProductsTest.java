// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan.product;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AskedProductsTest {
    private final AskedProducts asked = new AskedProducts();

    @Test
    void keepsEachDefinitionsProductsInOrderOfDefinitions() {
        asked.set(7, new int[] {3});
        asked.set(2, new int[] {-5, 3, 9});
        asked.set(4, new int[] {1});
        assertThat(asked.size()).isEqualTo(3);
        assertThat(asked.definition(0)).isEqualTo(2);
        assertThat(asked.products(0)).containsExactly(-5, 3, 9);
        assertThat(asked.definition(2)).isEqualTo(7);
        assertThat(asked.all()).containsExactly(-5, 1, 3, 9);
    }

    @Test
    void replacesAndForgets() {
        asked.set(2, new int[] {5});
        asked.set(4, new int[] {6});
        asked.set(2, new int[] {8});
        assertThat(asked.all()).containsExactly(6, 8);
        asked.set(4, new int[0]);
        asked.set(9, new int[0]);
        assertThat(asked.size()).isEqualTo(1);
        assertThat(asked.all()).containsExactly(8);
        asked.clear();
        assertThat(asked.isEmpty()).isTrue();
        assertThat(asked.all()).isEmpty();
    }

    @Test
    void takesOverAnothers() {
        AskedProducts others = new AskedProducts();
        others.setSeen(12);
        others.set(3, new int[] {1, 2});
        asked.addAll(others);
        assertThat(asked.seen()).isEqualTo(12);
        assertThat(asked.products(0)).containsExactly(1, 2);
    }
}
