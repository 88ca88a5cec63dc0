// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import dev.segue.demo.ShopEvents;
import dev.segue.event.BadRecord;
import dev.segue.event.Event;
import dev.segue.serde.event.EventDecoder;
import dev.segue.serde.event.EventEncoder;
import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.registry.SchemaRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * A shop that has been open for {@link ShopEvents#LIVED} before the measured part. Its events are read from a file,
 * because every contender's answers are computed from all of them.
 */
final class LivedShop implements ShopLog {
    private final EventFile file;
    private final EventFile.Content content;
    private final EventDecoder decoder;

    private LivedShop(EventFile file, EventFile.Content content, EventDecoder decoder) {
        this.file = file;
        this.content = content;
        this.decoder = decoder;
    }

    /**
     * Takes the shop from its file, or simulates it and writes the file.
     *
     * @param events the number of events after the history that the file must have
     * @param registry receives the schemas of all events
     * @param told one sentence: where the events come from, and why they were simulated
     */
    static LivedShop open(
            Path directory,
            EventSchemas schemas,
            SchemaRegistry registry,
            long seed,
            int shoppers,
            int events,
            Consumer<String> told)
            throws IOException {
        schemas.vocabulary().types().forEach(type -> register(registry, schemas, type.name()));
        EventFile file = new EventFile(
                directory.resolve("lived-shop-%d-shoppers-seed-%d.events.gz".formatted(shoppers, seed)),
                "lived shop, %d days, %d shoppers, seed %d, simulation %s"
                        .formatted(
                                ShopEvents.LIVED.toDays(),
                                shoppers,
                                seed,
                                SimulationVersion.of(Path.of("schemas", "events"))));
        EventFile.Content content;
        try {
            content = file.check(events);
            told.accept("reads %d days of the lived shop from %s".formatted(ShopEvents.LIVED.toDays(), file.path()));
        } catch (EventFile.Unusable why) {
            told.accept("simulates %d days of the lived shop, because %s"
                    .formatted(ShopEvents.LIVED.toDays(), why.getMessage()));
            content = simulate(
                    file,
                    new ShopEvents(schemas.vocabulary(), seed, shoppers),
                    events,
                    new EventEncoder(schemas, registry));
        }
        return new LivedShop(file, content, new EventDecoder(schemas, registry));
    }

    private static void register(SchemaRegistry registry, EventSchemas schemas, String type) {
        int unused = registry.register(schemas.schema(type).getFullName(), schemas.schema(type));
    }

    private static EventFile.Content simulate(EventFile file, ShopEvents shop, int events, EventEncoder encoder)
            throws IOException {
        return file.write(writer -> {
            int history = 0;
            for (; shop.isYoungerThan(ShopEvents.LIVED); history++) {
                write(writer, encoder, shop.next());
            }
            for (int number = 0; number < events; number++) {
                write(writer, encoder, shop.next());
            }
            return history;
        });
    }

    private static void write(EventFile.Writer writer, EventEncoder encoder, Event event) throws IOException {
        writer.write(event.customerId().getBytes(StandardCharsets.UTF_8), encoder.encode(event));
    }

    @Override
    public int history() {
        return content.history();
    }

    @Override
    public void forEach(int events, Consumer<Event> listener) {
        try {
            file.read(history() + events, (customer, event) -> listener.accept(decode(customer, event)));
        } catch (IOException | EventFile.Unusable changed) {
            throw new IllegalStateException(file.path() + " has changed during the run; start again", changed);
        }
    }

    private Event decode(byte[] customer, byte[] event) {
        try {
            return decoder.decode(new String(customer, StandardCharsets.UTF_8), event);
        } catch (BadRecord impossible) {
            throw new UncheckedIOException(new IOException(impossible));
        }
    }
}
