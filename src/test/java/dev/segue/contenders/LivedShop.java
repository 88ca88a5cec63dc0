// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import dev.segue.contenders.EventFile.Content;
import dev.segue.contenders.EventFile.Encoded;
import dev.segue.demo.ShopEvents;
import dev.segue.event.BadRecord;
import dev.segue.event.Event;
import dev.segue.serde.event.EventDecoder;
import dev.segue.serde.event.EventEncoder;
import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.registry.MemorySchemaRegistry;
import dev.segue.serde.registry.SchemaRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A shop that has been open for {@link ShopEvents#LIVED} before the measured part. */
final class LivedShop implements ShopLog {
    private final Content content;
    private final EventDecoder decoder;

    private LivedShop(Content content, EventDecoder decoder) {
        this.content = content;
        this.decoder = decoder;
    }

    /**
     * Reads the shop from its file, or simulates it and writes the file.
     *
     * @param events the number of events after the history that the file must have
     * @param told receives a sentence that says which of the two
     */
    static LivedShop open(
            Path directory, EventSchemas schemas, long seed, int shoppers, int events, Consumer<String> told)
            throws IOException {
        SchemaRegistry registry = new MemorySchemaRegistry();
        // All of them in the same order, so that the ids in the file are valid in later runs.
        schemas.vocabulary().types().forEach(type -> register(registry, schemas, type.name()));
        EventFile file = new EventFile(
                directory.resolve("lived-shop-%d-shoppers-seed-%d.events.gz".formatted(shoppers, seed)),
                "%d days, %d shoppers, seed %d, simulation %s"
                        .formatted(
                                ShopEvents.LIVED.toDays(),
                                shoppers,
                                seed,
                                SimulationVersion.of(Path.of("schemas", "events"))));
        Content content = file.read()
                .filter(found -> found.events().size() - found.history() >= events)
                .orElse(null);
        if (content == null) {
            told.accept("simulates %d days of the lived shop".formatted(ShopEvents.LIVED.toDays()));
            ShopEvents shop = new ShopEvents(schemas.vocabulary(), seed, shoppers);
            content = simulate(shop, events, new EventEncoder(schemas, registry));
            file.write(content);
        } else {
            told.accept("read %d days of the lived shop from %s".formatted(ShopEvents.LIVED.toDays(), file.path()));
        }
        return new LivedShop(content, new EventDecoder(schemas, registry));
    }

    private static void register(SchemaRegistry registry, EventSchemas schemas, String type) {
        int unused = registry.register(schemas.schema(type).getFullName(), schemas.schema(type));
    }

    private static Content simulate(ShopEvents shop, int events, EventEncoder encoder) {
        List<Encoded> encoded = new ArrayList<>();
        while (shop.isYoungerThan(ShopEvents.LIVED)) {
            encoded.add(encode(encoder, shop.next()));
        }
        int history = encoded.size();
        for (int number = 0; number < events; number++) {
            encoded.add(encode(encoder, shop.next()));
        }
        return new Content(history, encoded);
    }

    private static Encoded encode(EventEncoder encoder, Event event) {
        return new Encoded(event.customerId(), encoder.encode(event));
    }

    @Override
    public int history() {
        return content.history();
    }

    @Override
    public void forEach(int events, Consumer<Event> listener) {
        content.events().subList(0, history() + events).forEach(event -> listener.accept(decode(event)));
    }

    private Event decode(Encoded event) {
        try {
            return decoder.decode(event.customer(), event.value());
        } catch (BadRecord impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
