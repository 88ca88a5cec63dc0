// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionReader;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.event.Vocabulary;
import dev.segue.plan.Plan;
import dev.segue.runtime.settings.InvalidSettings;
import dev.segue.runtime.settings.SegmentFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The definitions of the runs, as directories that Segue reads. */
final class Definitions {
    private static final Path SHIPPED = Path.of("segments");
    private static final List<String> FIVE =
            List.of("cart-abandoned", "curious-prospect", "loyal-customer", "dormant-customer", "browse-abandoned");

    /** The number of generated definitions about products that the shop has; events never affect the others. */
    private static final int TOUCHED = 25;

    private final Path directory;

    Definitions(Path directory) {
        this.directory = directory;
    }

    /** Sets of definitions. */
    enum Catalogue {
        FIVE,
        SHIPPED,
        GENERATED_25,
        GENERATED_1000
    }

    Path directory(Catalogue catalogue) throws IOException {
        return switch (catalogue) {
            case SHIPPED -> SHIPPED;
            case FIVE -> five();
            case GENERATED_25 -> generated(TOUCHED);
            case GENERATED_1000 -> generated(1000);
        };
    }

    Plan plan(Catalogue catalogue, Vocabulary vocabulary) throws IOException, InvalidSettings, InvalidDefinitions {
        List<Definition> definitions =
                new DefinitionReader(vocabulary).read(SegmentFiles.read(List.of(directory(catalogue))));
        return Plan.compile(definitions, vocabulary);
    }

    private Path five() throws IOException {
        Path place = directory.resolve("five");
        if (!Files.exists(place)) {
            Files.createDirectories(place);
            for (String name : FIVE) {
                Files.copy(SHIPPED.resolve(name + ".yaml"), place.resolve(name + ".yaml"));
            }
        }
        return place;
    }

    private Path generated(int count) throws IOException {
        Path place = directory.resolve("generated-" + count);
        if (!Files.exists(place)) {
            Files.createDirectories(place);
            for (int number = 1; number <= count; number++) {
                String product = (number <= TOUCHED ? "p%02d" : "other%04d").formatted(number);
                Files.writeString(place.resolve("likes-" + product + ".yaml"), """
                                segment: likes-%s
                                describes: Looked at the product three times in a week.
                                when: product_viewed.filter(v, v.product_id == '%s').within('7d').count() >= 3
                                """.formatted(product, product));
            }
        }
        return place;
    }
}
