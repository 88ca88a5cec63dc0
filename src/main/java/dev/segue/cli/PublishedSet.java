// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import dev.segue.cli.text.UserError;
import dev.segue.config.Settings;
import dev.segue.definition.DefinitionSet;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.definition.PublishedReader;
import dev.segue.event.Vocabulary;
import dev.segue.replay.backtest.ComparedSet;
import dev.segue.runtime.operate.PublishedDefinitions;
import java.util.Optional;

/** Knows the set that the processor of some settings evaluates under the name {@code live}. */
final class PublishedSet implements NamedSets {
    private final Settings settings;

    PublishedSet(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Optional<ComparedSet> find(String name, Vocabulary vocabulary) {
        return name.equals(LIVE) ? Optional.of(live(vocabulary)) : BUILT_IN.find(name, vocabulary);
    }

    private ComparedSet live(Vocabulary vocabulary) {
        DefinitionSet set = new PublishedDefinitions(settings)
                .read()
                .sets()
                .latest()
                .orElseThrow(() -> new UserError("--against live: nothing has been published."));
        return read(set, vocabulary, "--against live");
    }

    /**
     * Reads a published set.
     *
     * @param argument that asked for the set, for the message
     * @throws UserError if this installation lacks event schemas of the set
     */
    static ComparedSet read(DefinitionSet set, Vocabulary vocabulary, String argument) {
        try {
            return new ComparedSet("revision " + set.revision(), new PublishedReader(vocabulary).read(set.sources()));
        } catch (InvalidDefinitions foreign) {
            throw new UserError(argument + ": this installation cannot read revision " + set.revision() + ": "
                    + foreign.getMessage());
        }
    }
}
