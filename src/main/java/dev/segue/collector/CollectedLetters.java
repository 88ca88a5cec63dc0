// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector;

import dev.segue.collector.message.BadMessage;
import dev.segue.collector.message.Envelope;
import dev.segue.collector.message.MessageMapper;
import dev.segue.config.Settings;
import dev.segue.event.BadRecord;
import dev.segue.event.Event;
import dev.segue.runtime.cluster.CannotStart;
import dev.segue.runtime.operate.LetterMapping;
import dev.segue.runtime.settings.InvalidSettings;
import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.event.InvalidSchemas;
import dev.segue.topology.DeadLetter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The collector's dead letters, mapped again as the settings say today. For one thread. */
public final class CollectedLetters implements LetterMapping {
    private final Settings settings;
    private @Nullable MessageMapper mapper;

    /** Reads the mapping only when there is such a letter. */
    public CollectedLetters(Settings settings) {
        this.settings = settings;
    }

    @Override
    public List<Event> events(DeadLetter letter) throws BadRecord {
        byte[] value = letter.value();
        Envelope.Opened opened = value == null ? null : Envelope.open(value).orElse(null);
        if (opened == null) {
            throw new BadRecord(BadRecord.Reason.MALFORMED, "the letter does not hold a message of the collector");
        }
        try {
            return mapper().map(opened.message(), opened.envelope()).events();
        } catch (BadMessage bad) {
            throw new BadRecord(bad.reason(), bad.detail());
        }
    }

    private MessageMapper mapper() {
        if (mapper == null) {
            try {
                mapper = Collector.mapper(
                        settings, EventSchemas.read(settings.schemas().resolve("events")));
            } catch (InvalidSchemas | InvalidSettings invalid) {
                throw new CannotStart(String.valueOf(invalid.getMessage()), invalid);
            }
        }
        return mapper;
    }
}
