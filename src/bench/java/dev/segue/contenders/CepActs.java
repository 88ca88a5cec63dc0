// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import dev.segue.event.Event;
import dev.segue.event.BadRecord;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import dev.segue.serde.event.EventDecoder;
import dev.segue.serde.event.EventSchemas;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Decodes each event once and adds what patterns must know of the past. */
final class CepActs extends KeyedProcessFunction<String, Tuple2<String, byte[]>, CepAct> {
    private static final long serialVersionUID = 1L;
    private static final long CART_QUIET = Duration.ofHours(1).toMillis();

    private final String schemas;
    private final String registry;
    private transient EventDecoder decoder;
    private transient ValueState<CepPast> pasts;

    /** @param schemas directory of the event schemas */
    CepActs(String schemas, String registry) {
        this.schemas = schemas;
        this.registry = registry;
    }

    @Override
    public void open(OpenContext context) throws Exception {
        decoder = new EventDecoder(EventSchemas.read(Path.of(schemas)), new DirectorySchemaRegistry(Path.of(registry)));
        pasts = getRuntimeContext().getState(new ValueStateDescriptor<>("past", CepPast.class));
    }

    @Override
    public void processElement(Tuple2<String, byte[]> record, Context context, Collector<CepAct> out) throws Exception {
        Event event;
        try {
            event = decoder.decode(record.f0, record.f1);
        } catch (BadRecord bad) {
            return;
        }
        CepPast known = pasts.value();
        CepPast past = known == null ? new CepPast() : known;
        CepAct act = new CepAct();
        act.customer = record.f0;
        act.time = event.time();
        act.type = event.type().name();
        act.activity = event.type().activity();
        act.product = event.fields().get("product_id") instanceof String product ? product : "";
        if (remember(act, event, past)) {
            pasts.update(past);
        }
        act.cartFilled = !past.quantities.isEmpty();
        act.cartEnds =
                !act.cartFilled || past.touched.values().stream().anyMatch(touched -> touched > act.time - CART_QUIET);
        act.lastView = past.lastView;
        act.lastAdded = past.lastAdded;
        act.lastOrder = past.lastOrder;
        out.collect(act);
    }

    /** Whether there was something to remember. */
    private static boolean remember(CepAct act, Event event, CepPast past) {
        double given = event.fields().get("quantity") instanceof Double number && number > 0 ? number : 0;
        switch (act.type) {
            case "product_viewed" -> past.lastView = act.time;
            case "product_added" -> {
                past.lastAdded = act.time;
                past.change(act, given == 0 ? 1 : given);
            }
            case "product_removed" -> past.change(act, -given);
            case "order_completed" -> {
                past.lastOrder = act.time;
                past.emptyCart();
            }
            default -> {
                return false;
            }
        }
        return true;
    }
}
