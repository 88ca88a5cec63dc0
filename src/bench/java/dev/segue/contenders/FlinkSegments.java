// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import dev.segue.event.Event;
import dev.segue.event.BadRecord;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import dev.segue.serde.event.EventDecoder;
import dev.segue.serde.event.EventSchemas;
import java.nio.file.Path;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * A customer's state as one value, and one timer at its deadline. In a backlog, watermarks come long after the events, so
 * an event first answers at the deadlines that lie before it; waiting for the timer would be wrong.
 */
final class FlinkSegments extends KeyedProcessFunction<String, Tuple2<String, byte[]>, Tuple2<String, byte[]>> {
    private static final long serialVersionUID = 1L;

    private static final TypeInformation<byte[]> BYTES = PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;

    private final String schemas;
    private final String registry;
    private transient EventDecoder decoder;
    private transient ValueState<byte[]> states;

    /** @param schemas directory of the event schemas */
    FlinkSegments(String schemas, String registry) {
        this.schemas = schemas;
        this.registry = registry;
    }

    @Override
    public void open(OpenContext context) throws Exception {
        decoder = new EventDecoder(EventSchemas.read(Path.of(schemas)), new DirectorySchemaRegistry(Path.of(registry)));
        states = getRuntimeContext().getState(new ValueStateDescriptor<>("customer", BYTES));
    }

    @Override
    public void processElement(Tuple2<String, byte[]> record, Context context, Collector<Tuple2<String, byte[]>> out)
            throws Exception {
        Event event;
        try {
            event = decoder.decode(record.f0, record.f1);
        } catch (BadRecord bad) {
            return;
        }
        FiveByHand state = FiveByHand.read(record.f0, states.value());
        long before = state.deadline();
        state.advance(event.time(), change -> out.collect(Tuple2.of(record.f0, change.bytes())));
        state.apply(event, change -> out.collect(Tuple2.of(record.f0, change.bytes())));
        keep(state, before, context);
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<Tuple2<String, byte[]>> out) throws Exception {
        String customer = context.getCurrentKey();
        FiveByHand state = FiveByHand.read(customer, states.value());
        long before = state.deadline();
        state.advance(time, change -> out.collect(Tuple2.of(customer, change.bytes())));
        keep(state, before, context);
    }

    private void keep(FiveByHand state, long before, Context context) throws Exception {
        states.update(state.write());
        if (state.deadline() != before) {
            if (before != FiveByHand.NEVER) {
                context.timerService().deleteEventTimeTimer(before);
            }
            if (state.deadline() != FiveByHand.NEVER) {
                context.timerService().registerEventTimeTimer(state.deadline());
            }
        }
    }
}
