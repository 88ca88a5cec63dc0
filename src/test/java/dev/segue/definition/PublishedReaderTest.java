// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.config.ParamOverride;
import dev.segue.config.SourceWord;
import dev.segue.event.SmallShop;
import dev.segue.event.Vocabulary;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PublishedReaderTest {
    private static final String FILE = """
            # what people do
            segment: keen
            describes: Views a lot.
            when: product_viewed.within(params.quiet).count() >= params.n
            params:
              quiet: 1h   # an hour
              n: 3
            ---
            # another
            trait: views
            value: product_viewed.count()
            """;

    private final Vocabulary vocabulary = SmallShop.VOCABULARY;

    private CheckedDefinitions checked(ParamOverride... overrides) throws InvalidDefinitions {
        return new DefinitionReader(vocabulary)
                .check(List.of(new DefinitionText("shop.yaml", FILE)), List.of(overrides));
    }

    private static SourceWord word(String text) {
        return new SourceWord(text, "segue.yaml", 1, 1, "");
    }

    @Test
    void publishedDefinitionsAreTheSameDefinitions() throws Exception {
        CheckedDefinitions checked = checked();
        assertThat(checked.sources()).extracting(DefinitionSource::name).containsExactly("keen", "views");
        assertThat(new PublishedReader(vocabulary).read(checked.sources()))
                .usingRecursiveComparison()
                .ignoringFieldsMatchingRegexes(".*overriddenAt")
                .isEqualTo(checked.definitions());
    }

    @Test
    void replacedParamsArePublishedToo() throws Exception {
        CheckedDefinitions checked = checked(
                new ParamOverride(word("keen"), word("quiet"), word("30m")),
                new ParamOverride(word("keen"), word("n"), word("5")));
        assertThat(checked.sources().get(0).params()).isEqualTo(Map.of("quiet", "30m", "n", "5"));
        List<Definition> read = new PublishedReader(vocabulary).read(checked.sources());
        assertThat(read)
                .extracting(Definition::version)
                .isEqualTo(
                        checked.definitions().stream().map(Definition::version).toList());
        assertThat(read.get(0).version())
                .isNotEqualTo(checked().definitions().get(0).version());
    }

    @Test
    void anotherTextThanThePublishedVersionIsRefused() throws Exception {
        DefinitionSource views = checked().sources().get(1);
        DefinitionSource altered = new DefinitionSource(
                views.name(), views.version(), views.file(), views.text() + " + 1", views.params());
        assertThatThrownBy(() -> new PublishedReader(vocabulary).read(List.of(altered)))
                .isInstanceOf(InvalidDefinitions.class)
                .hasMessageContaining("'views' is published as version " + views.version());
    }
}
