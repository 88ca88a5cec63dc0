// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Brings what the patterns tell into order of time, and lets through what changes something: who is in a segment cannot
 * enter it.
 */
final class CepMemberships extends KeyedProcessFunction<String, Tuple2<String, byte[]>, Tuple2<String, byte[]>> {
    private static final long serialVersionUID = 1L;

    /** At one instant, what time did comes before what an event did, as everywhere. */
    private static final Comparator<ChangeText> IN_ORDER =
            Comparator.comparingLong(ChangeText::effectiveAt).thenComparing(ChangeText::event);

    private transient ListState<byte[]> waiting;
    private transient MapState<String, Boolean> inside;

    @Override
    public void open(OpenContext context) {
        waiting = getRuntimeContext()
                .getListState(
                        new ListStateDescriptor<>("waiting", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
        inside = getRuntimeContext().getMapState(new MapStateDescriptor<>("inside", Types.STRING, Types.BOOLEAN));
    }

    @Override
    public void processElement(Tuple2<String, byte[]> told, Context context, Collector<Tuple2<String, byte[]>> out)
            throws Exception {
        waiting.add(told.f1);
        context.timerService().registerEventTimeTimer(parse(told.f1).effectiveAt());
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<Tuple2<String, byte[]>> out) throws Exception {
        List<byte[]> later = new ArrayList<>();
        List<ChangeText> due = new ArrayList<>();
        for (byte[] told : waiting.get()) {
            ChangeText change = parse(told);
            if (change.effectiveAt() <= time) {
                due.add(change);
            } else {
                later.add(told);
            }
        }
        waiting.update(later);
        due.sort(IN_ORDER);
        for (ChangeText change : due) {
            boolean enters = change.kind().equals("ENTERED");
            if (enters != inside.contains(change.segment())) {
                if (enters) {
                    inside.put(change.segment(), true);
                } else {
                    inside.remove(change.segment());
                }
                out.collect(Tuple2.of(change.customer(), change.bytes()));
            }
        }
    }

    private static ChangeText parse(byte[] told) {
        return ChangeText.parse(new String(told, StandardCharsets.UTF_8));
    }
}
