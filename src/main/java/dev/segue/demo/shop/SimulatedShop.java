// SPDX-License-Identifier: Apache-2.0
package dev.segue.demo.shop;

import dev.segue.event.Event;
import dev.segue.event.Vocabulary;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * An endless stream of events of a fictitious shop, in order of time. The settings alone determine the events: equal
 * settings give the same events, byte for byte.
 */
public final class SimulatedShop {
    private final Agenda agenda = new Agenda();
    private final Catalogue catalogue;
    private final EventWriter writer;
    private final Population population;
    private final DayRhythm rhythm;
    private final SplittableRandom random;
    private long visits;
    private @Nullable Event upcoming;

    /** @throws IllegalArgumentException if the vocabulary lacks a type or field that the shop uses */
    public SimulatedShop(Vocabulary vocabulary, ShopSettings settings) {
        SplittableRandom seeded = new SplittableRandom(settings.seed());
        this.writer = new EventWriter(vocabulary, settings.seed());
        this.catalogue = new Catalogue(settings.opens());
        this.population = new Population(settings.shoppers(), catalogue, seeded.split());
        this.rhythm = new DayRhythm(settings.visitsPerDay());
        SplittableRandom past = seeded.split();
        for (Shopper shopper : population.shoppers()) {
            Past history = new Past(shopper, settings, catalogue, agenda, past);
            history.contacts().statesConsent();
            population.habitOf(shopper).past(history);
        }
        this.random = seeded.split();
        planArrival(settings.opens().toEpochMilli());
    }

    /** The next event's time, in milliseconds since the epoch. */
    public long nextTime() {
        return peek().time();
    }

    /** Removes and returns the next event. */
    public Event next() {
        Event event = peek();
        upcoming = null;
        return event;
    }

    private Event peek() {
        while (upcoming == null) {
            Agenda.Entry entry = agenda.takeNext();
            Agenda.Draft draft = entry.happening().at(entry.time());
            if (draft != null) {
                upcoming = writer.write(entry.time(), draft);
            }
        }
        return upcoming;
    }

    private void planArrival(long after) {
        agenda.plan(rhythm.nextVisit(after, random), time -> {
            planArrival(time);
            begin(population.random(random), time);
            return null;
        });
    }

    private void begin(Shopper shopper, long time) {
        if (time <= shopper.busyUntil()) {
            return; // One person cannot be in the shop twice.
        }
        Visit visit = new Visit(
                shopper, time, "s" + ++visits, catalogue, agenda, random.split(), again -> planReturn(shopper, again));
        population.habitOf(shopper).visit(visit);
        shopper.busyUntil(visit.time());
    }

    private void planReturn(Shopper shopper, long time) {
        agenda.plan(time, at -> {
            begin(shopper, at);
            return null;
        });
    }
}
