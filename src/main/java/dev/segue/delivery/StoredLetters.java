// SPDX-License-Identifier: Apache-2.0
package dev.segue.delivery;

import dev.segue.delivery.DeliveryMeters.Outcome;
import dev.segue.delivery.LetterTopic.Entry;
import dev.segue.delivery.LetterTopic.State;
import dev.segue.event.BadRecord;
import dev.segue.serde.output.TriggerDecisionCodec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One endpoint's letters in their topic, as the owner of a partition reads them. For one thread. */
final class StoredLetters {
    private static final Logger LOG = LoggerFactory.getLogger(StoredLetters.class);

    private final String endpoint;
    private final LetterReader reader;
    private final TriggerDecisionCodec codec;
    private final DeliveryMeters meters;

    StoredLetters(String endpoint, LetterReader reader, TriggerDecisionCodec codec, DeliveryMeters meters) {
        this.endpoint = endpoint;
        this.reader = reader;
        this.codec = codec;
        this.meters = meters;
    }

    /**
     * What a partition holds.
     *
     * @param waiting letters in the order of their decisions
     * @param requests names of those that were not fulfilled yet
     */
    record Content(List<Letter> waiting, Set<String> requests) {}

    /** Reads a partition from its beginning, and notes in it which letters are parked, and whether it is switched off. */
    Content restore(OwnedPartition partition) {
        Map<String, Entry> waiting = new HashMap<>();
        Set<String> requests = new HashSet<>();
        reader.readAll(
                partition.number(),
                record -> LetterTopic.read(record)
                        .filter(entry -> entry.endpoint().equals(endpoint))
                        .ifPresent(entry -> restore(partition, entry, waiting, requests)));
        List<Letter> letters = new ArrayList<>();
        waiting.values().forEach(entry -> letter(entry).ifPresent(letters::add));
        letters.sort(Comparator.comparingLong(letter -> letter.origin().offset()));
        return new Content(letters, requests);
    }

    private static void restore(
            OwnedPartition partition, Entry entry, Map<String, Entry> waiting, Set<String> requests) {
        String id = entry.id();
        if (LetterTopic.isOff(id)) {
            partition.setSwitchedOff(entry.state() != State.NONE);
        } else if (entry.state() == State.OTHER) {
            requests.add(id);
        } else {
            waiting.remove(id);
            partition.parked().remove(id);
            requests.remove(id);
            if (entry.state() == State.WAITING) {
                waiting.put(id, entry);
            } else if (entry.state() == State.PARKED) {
                partition.parked().add(id);
            }
        }
    }

    private Optional<Letter> letter(Entry entry) {
        try {
            return Optional.of(entry.letter(codec));
        } catch (BadRecord foreign) {
            meters.count(Outcome.UNREADABLE);
            LOG.warn("{}: the stored letter {} cannot be read: {}", endpoint, entry.id(), foreign.getMessage());
            return Optional.empty();
        }
    }

    /** Reads again what is parked in a partition. A letter may be passed on more than once. */
    void parked(OwnedPartition partition, Consumer<Letter> each) {
        if (!partition.parked().isEmpty()) {
            reader.readAll(
                    partition.number(),
                    record -> LetterTopic.read(record)
                            .filter(entry -> entry.endpoint().equals(endpoint)
                                    && entry.state() == State.PARKED
                                    && partition.parked().contains(entry.id()))
                            .flatMap(this::letter)
                            .ifPresent(each));
        }
    }

    /** Passes on the requests that were added to the partitions read so far, with the partition's number. */
    void requests(Consumer<Entry> each) {
        reader.follow(record -> LetterTopic.read(record)
                .filter(entry -> entry.endpoint().equals(endpoint) && entry.state() == State.OTHER)
                .ifPresent(each));
    }
}
