// SPDX-License-Identifier: Apache-2.0
package dev.segue.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
    private static final List<String> NAMES = List.of("price", "product_id", "quantity");

    @Test
    void findsNameWithThirdOfLettersWrong() {
        assertThat(Nearest.to("prixxx", List.of("prizes"))).isEmpty();
        assertThat(Nearest.to("prixxs", List.of("prizes"))).contains("prizes");
    }

    @Test
    void countsSwappedLettersAsOneMistake() {
        assertThat(Nearest.to("pirce", NAMES)).contains("price");
    }

    @Test
    void choosesFirstByNameOnTie() {
        assertThat(Nearest.to("cat", List.of("rat", "bat", "hat"))).contains("bat");
    }

    @Test
    void suggestsNothingBeyond64Characters() {
        String longest = "a".repeat(64);
        assertThat(Nearest.to(longest, List.of(longest + "b"))).contains(longest + "b");
        assertThat(Nearest.to(longest + "b", List.of(longest))).isEmpty();
    }

    @Test
    void hintsAreSentencesToAppend() {
        assertThat(Nearest.hint("pryce", NAMES)).isEqualTo(" Did you mean 'price'?");
        assertThat(Nearest.hint("colour", NAMES)).isEmpty();
    }
}
