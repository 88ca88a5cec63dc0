// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateWriterTest {
    @Test
    void partsNumberTextsIndependently() {
        byte[] whole = StateWriter.whole(out -> {
            out.text("a");
            out.chunk(StateWriter.whole(part -> {
                part.text("a");
                part.text("b");
            }));
            out.text("b");
            out.text("a");
        });
        // A new text of one letter; four and two bytes of a part; a new text, and the first text again.
        assertThat(whole).containsExactly(0, 1, 'a', 6, 0, 1, 'a', 0, 1, 'b', 0, 1, 'b', 1);
    }

    @Test
    void repeatedTextTakesOneByte() {
        List<String> texts = new ArrayList<>();
        for (int number = 0; number < 100; number++) {
            texts.add("text " + number);
        }
        byte[] once = StateWriter.whole(out -> texts.forEach(out::text));
        byte[] twice = StateWriter.whole(out -> {
            texts.forEach(out::text);
            texts.forEach(out::text);
        });
        assertThat(twice).hasSize(once.length + texts.size());
        List<String> read = StateReader.whole(twice, in -> {
            List<String> found = new ArrayList<>();
            for (int number = 0; number < 2 * texts.size(); number++) {
                found.add(in.text());
            }
            return found;
        });
        assertThat(read.subList(0, 100)).isEqualTo(texts);
        assertThat(read.subList(100, 200)).isEqualTo(texts);
    }

    @Test
    void failedWriteDoesNotAffectNext() {
        byte[] before = StateWriter.whole(out -> out.text("a"));
        assertThatThrownBy(() -> StateWriter.whole(out -> {
                    out.text("a");
                    out.chunk(StateWriter.whole(part -> part.value(new Object())));
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Object");
        assertThat(StateWriter.whole(out -> out.text("a"))).isEqualTo(before);
    }
}
