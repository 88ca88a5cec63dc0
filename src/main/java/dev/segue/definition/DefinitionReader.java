package dev.segue.definition;

import dev.segue.event.Vocabulary;
import java.util.List;

/** Reads and checks definitions. */
public final class DefinitionReader {

    public DefinitionReader(Vocabulary vocabulary) {}

    /**
     * Reads all files together.
     *
     * @return the definitions in order of name
     * @throws InvalidDefinitions with every problem of all files
     */
    public List<Definition> read(List<DefinitionText> texts) throws InvalidDefinitions {
        return List.of();
    }
}
