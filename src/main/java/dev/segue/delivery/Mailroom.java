// SPDX-License-Identifier: Apache-2.0
package dev.segue.delivery;

import dev.segue.config.EndpointSettings;
import dev.segue.delivery.DeliveryMeters.Outcome;
import dev.segue.event.TriggerDecision;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what becomes of one endpoint's letters, and notes what is to be written of it. It neither sends nor writes. For
 * one thread.
 */
final class Mailroom {
    private static final Logger LOG = LoggerFactory.getLogger(Mailroom.class);

    private final EndpointSettings endpoint;
    private final String topic;
    private final List<Duration> retries;
    private final Map<Integer, OwnedPartition> owned;
    private final DeliveryMeters meters;
    private final WaitingLetters letters = new WaitingLetters();

    /**
     * @param topic of the letters
     * @param retries pauses between two attempts
     * @param owned the partitions whose letters are here; changed by the owner
     */
    Mailroom(
            EndpointSettings endpoint,
            String topic,
            List<Duration> retries,
            Map<Integer, OwnedPartition> owned,
            DeliveryMeters meters) {
        this.endpoint = endpoint;
        this.topic = topic;
        this.retries = retries;
        this.owned = owned;
        this.meters = meters;
    }

    WaitingLetters letters() {
        return letters;
    }

    /**
     * A decision was read.
     *
     * @param now in milliseconds since the epoch
     */
    void take(OwnedPartition partition, Letter letter, long now) {
        TriggerDecision decision = letter.decision();
        if (endpoint.isWithdrawnBy(decision)) {
            cancel(partition, decision.activationId(), letter.origin().offset());
        }
        if (!endpoint.takes(decision) || partition.parked().contains(letter.id())) {
            return;
        }
        if (letters.find(letter.id()) != null) {
            // Read again after a failure, or decided again: it is on its way.
            return;
        }
        meters.count(Outcome.READ);
        if (letter.expiresAt() <= now) {
            expire(letter);
        } else if (partition.isSwitchedOff()) {
            park(partition, letter, "the endpoint is switched off");
        } else {
            letters.add(letter);
            partition.await(letter.origin().offset(), () -> letter.isStored() || letter.isSettled());
        }
    }

    private void cancel(OwnedPartition partition, String id, long offset) {
        Letter letter = letters.find(id);
        if (letter != null) {
            cancel(partition, letter, offset);
        } else if (partition.parked().contains(id)) {
            cancelParked(partition, id);
        }
    }

    /** An attempt that is under way cannot be called back: until it ends, the cancellation is not acknowledged. */
    private void cancel(OwnedPartition partition, Letter letter, long offset) {
        if (letter.isUnderWay()) {
            letter.withdraw();
            partition.await(offset, () -> !letter.isUnderWay());
        } else {
            cancelled(letter);
        }
    }

    private void cancelled(Letter letter) {
        close(letter);
        meters.count(Outcome.CANCELLED);
    }

    void cancelParked(OwnedPartition partition, String id) {
        partition.parked().remove(id);
        partition.write(LetterTopic.none(topic, partition.number(), endpoint.name(), id));
        meters.count(Outcome.CANCELLED);
    }

    /** Cancels all that waits for a customer. */
    void forget(OwnedPartition partition, String customer, long offset) {
        letters.ofCustomer(customer).forEach(letter -> cancel(partition, letter, offset));
    }

    /** An attempt has ended. */
    void attempted(Letter letter, Attempt attempt, long now) {
        OwnedPartition partition = owned.get(letter.origin().partition());
        if (partition == null || letters.find(letter.id()) != letter) {
            // Another instance owns it now, or this one again: either makes the attempt again.
            letter.setUnderWay(false);
            return;
        }
        switch (attempt.result()) {
            case DELIVERED -> {
                close(letter);
                meters.delivered(
                        Duration.ofMillis(now - letter.decision().decidedAt().toEpochMilli()));
            }
            case GONE -> {
                LOG.warn("{}: answers 410 Gone and is switched off", endpoint.name());
                owned.values().forEach(each -> switchOff(each, attempt.reason()));
                failed(partition, letter, attempt, now);
            }
            case FAILED, IMPOSSIBLE -> failed(partition, letter, attempt, now);
        }
    }

    private void failed(OwnedPartition partition, Letter letter, Attempt attempt, long now) {
        Duration pause = pause(letter, attempt);
        boolean last = attempt.result() != Attempt.Result.FAILED || letter.attempts() >= retries.size();
        letter.failed(now + pause.toMillis());
        if (letter.isWithdrawn()) {
            cancelled(letter);
        } else if (letter.expiresAt() <= now) {
            expired(letter);
        } else if (last || partition.isSwitchedOff()) {
            park(partition, letter, attempt.reason());
        } else {
            store(letter, attempt.reason());
            letters.putBack(letter);
        }
    }

    /** The schedule's pause and up to a tenth more, so that letters do not return all at once; longer if asked for. */
    private Duration pause(Letter letter, Attempt attempt) {
        Duration usual = letter.attempts() < retries.size() ? retries.get(letter.attempts()) : Duration.ZERO;
        long spread = Math.floorMod(letter.id().hashCode(), 1000);
        Duration spreadOut = usual.plusMillis(usual.toMillis() * spread / 10_000);
        Duration asked = attempt.retryAfter();
        return asked != null && asked.compareTo(spreadOut) > 0 ? asked : spreadOut;
    }

    /** The turn of a letter has come, but it has expired. */
    void expired(Letter letter) {
        close(letter);
        expire(letter);
    }

    private void expire(Letter letter) {
        letter.settle();
        meters.count(Outcome.EXPIRED);
        LOG.info(
                "{}: letter {} expired at {} and is not sent",
                endpoint.name(),
                letter.id(),
                letter.decision().expiresAt());
    }

    /** Nothing more is to be done for a letter. */
    private void close(Letter letter) {
        letters.remove(letter);
        OwnedPartition partition = owned.get(letter.origin().partition());
        if (letter.isStored() && partition != null) {
            partition.write(LetterTopic.none(topic, partition.number(), endpoint.name(), letter.id()));
        }
    }

    /** Notes a waiting letter to be written. */
    void store(Letter letter, String reason) {
        OwnedPartition partition = owned.get(letter.origin().partition());
        if (partition != null) {
            letter.store();
            partition.write(LetterTopic.waiting(topic, endpoint.name(), letter, reason));
        }
    }

    private void park(OwnedPartition partition, Letter letter, String reason) {
        letters.remove(letter);
        letter.settle();
        partition.parked().add(letter.id());
        partition.write(LetterTopic.parked(topic, endpoint.name(), letter, reason));
        meters.count(Outcome.PARKED);
        LOG.warn("{}: letter {} is parked: {}", endpoint.name(), letter.id(), reason);
    }

    private void switchOff(OwnedPartition partition, String reason) {
        if (!partition.isSwitchedOff()) {
            partition.setSwitchedOff(true);
            partition.write(LetterTopic.off(topic, partition.number(), endpoint.name(), reason));
            letters.all(letter -> letter.origin().partition() == partition.number() && !letter.isUnderWay())
                    .forEach(letter -> park(partition, letter, "the endpoint answered 410 Gone"));
        }
    }

    void switchOn(OwnedPartition partition) {
        partition.setSwitchedOff(false);
        partition.write(LetterTopic.on(topic, partition.number(), endpoint.name()));
        partition.write(LetterTopic.none(topic, partition.number(), endpoint.name(), LetterTopic.SWITCH_ON));
    }

    /** A parked letter waits again, as if it had just been read. */
    void redrive(OwnedPartition partition, Letter parked, long now) {
        if (!partition.isSwitchedOff() && partition.parked().remove(parked.id())) {
            Letter.Origin origin = new Letter.Origin(
                    parked.origin().partition(), parked.origin().offset(), now);
            Letter letter = Letter.stored(origin, parked.decision(), parked.bytes(), 0, now);
            meters.count(Outcome.REDRIVEN);
            if (letters.add(letter)) {
                store(letter, "sent again by hand");
            }
        }
    }

    /** A request to send the parked letters again was fulfilled. */
    void redriven(OwnedPartition partition) {
        partition.setRedrives(false);
        partition.write(LetterTopic.none(topic, partition.number(), endpoint.name(), LetterTopic.REDRIVE));
    }

    /** Forgets the letters of partitions that others own now. */
    void giveUp(Set<Integer> partitions) {
        letters.all(letter -> partitions.contains(letter.origin().partition())).forEach(letters::remove);
    }

    /** The letter whose turn it is; null if there is none. Expired ones are dropped on the way. */
    @Nullable
    Letter next(long now) {
        for (Letter letter = letters.next(now); letter != null; letter = letters.next(now)) {
            if (letter.expiresAt() > now) {
                return letter;
            }
            expired(letter);
        }
        return null;
    }
}
