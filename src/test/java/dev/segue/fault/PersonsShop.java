// SPDX-License-Identifier: Apache-2.0
package dev.segue.fault;

import dev.segue.event.BadRecord;
import dev.segue.event.Event;
import dev.segue.event.Vocabulary;
import dev.segue.serde.event.EventBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Events of persons who have several ids, and the links between these in random order: devices of the customer, devices
 * of another id of the customer, and both directions at once.
 */
final class PersonsShop {
    private static final List<String> IDS = List.of("", "~other", "~device1", "~device2", "~device3");

    private final RandomShop shop;
    private final Random random;
    private final EventBuilder builder;
    private final List<Map<String, Object>> links = new ArrayList<>();
    private int number;

    PersonsShop(long seed, Vocabulary vocabulary, int persons) {
        this.shop = new RandomShop(seed, vocabulary, persons * IDS.size());
        this.random = new Random(seed);
        this.builder = new EventBuilder(vocabulary);
        for (int person = 0; person < persons; person++) {
            String customer = "person" + person;
            String other = customer + IDS.get(1);
            links.add(identified(customer, customer + IDS.get(2)));
            links.add(identified(random.nextBoolean() ? customer : other, customer + IDS.get(3)));
            links.add(identified(other, customer + IDS.get(4)));
            links.add(merged(customer, other, random.nextBoolean() ? customer : null));
            if (random.nextBoolean()) {
                links.add(merged(other, customer, random.nextBoolean() ? customer : other));
            }
        }
        java.util.Collections.shuffle(links, random);
    }

    /** The person behind an id. */
    static String person(String id) {
        int end = id.indexOf('~');
        return end < 0 ? id : id.substring(0, end);
    }

    long now() {
        return shop.now();
    }

    /** Returns further events, with so many links among them; each link comes once. */
    List<Event> events(int count, int linking) throws BadRecord {
        List<Event> events = new ArrayList<>();
        for (Event event : shop.events(count)) {
            int slot = Integer.parseInt(
                    event.customerId().substring(event.customerId().indexOf('-') + 1));
            events.add(event.of("person" + slot / IDS.size() + IDS.get(slot % IDS.size())));
        }
        for (int link = 0; link < linking && !links.isEmpty(); link++) {
            int place = random.nextInt(events.size());
            Map<String, Object> values = links.remove(links.size() - 1);
            values.put("occurred_at", events.get(place).time());
            events.add(place, builder.build(values));
        }
        return events;
    }

    int linksLeft() {
        return links.size();
    }

    private Map<String, Object> identified(String customer, String device) {
        Map<String, Object> values = event("customer_identified", customer);
        values.put("anonymous_id", device);
        return values;
    }

    private Map<String, Object> merged(String customer, String other, String survivor) {
        Map<String, Object> values = event("customers_merged", customer);
        values.put("other_id", other);
        if (survivor != null) {
            values.put("survivor", survivor);
        }
        return values;
    }

    private Map<String, Object> event(String type, String customer) {
        Map<String, Object> values = new HashMap<>();
        values.put("type", type);
        values.put("customer_id", customer);
        values.put("event_id", "link" + ++number);
        return values;
    }
}
