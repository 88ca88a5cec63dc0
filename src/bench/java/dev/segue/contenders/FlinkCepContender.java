// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import static dev.segue.contenders.CepPatterns.BROWSE_NO_ORDER;
import static dev.segue.contenders.CepPatterns.BROWSE_QUIET;
import static dev.segue.contenders.CepPatterns.CART_GIVES_UP;
import static dev.segue.contenders.CepPatterns.CART_QUIET;
import static dev.segue.contenders.CepPatterns.LATELY;
import static dev.segue.contenders.CepPatterns.LOOKED;
import static dev.segue.contenders.CepPatterns.LOYAL_PERIOD;
import static dev.segue.contenders.CepPatterns.NO_ORDER;
import static dev.segue.contenders.CepPatterns.NO_VISIT;
import static dev.segue.contenders.CepPatterns.VIEWED;
import static dev.segue.contenders.CepPatterns.none;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.FilterFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.cep.CEP;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.conditions.SimpleCondition;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * The five segments with Flink's pattern library, as far as patterns can say them (see {@link CepPatterns}). Each pattern
 * sees only the acts that it is about, since all that it sees it keeps until the watermark passes.
 */
final class FlinkCepContender implements Contender {
    private static final TypeInformation<CepAct> ACT = TypeInformation.of(CepAct.class);

    private final List<DataStream<Tuple2<String, byte[]>>> changes = new ArrayList<>();

    FlinkCepContender() {}

    @Override
    public void start(Job job) throws Exception {
        StreamExecutionEnvironment environment = FlinkJob.environment(job);
        DataStream<CepAct> acts = FlinkJob.events(environment, job)
                .process(new CepActs(job.schemas().toString(), job.registry().toString()), ACT);
        changes.add(acts.flatMap(FlinkCepContender::leave, FlinkJob.KEY_AND_BYTES));
        matchCarts(acts);
        matchProspects(acts);
        matchOrders(acts);
        matchVisits(acts);
        DataStream<Tuple2<String, byte[]>> all = changes.get(0);
        for (DataStream<Tuple2<String, byte[]>> one : changes.subList(1, changes.size())) {
            all = all.union(one);
        }
        all.keyBy(change -> change.f0, Types.STRING)
                .process(new CepMemberships(), FlinkJob.KEY_AND_BYTES)
                .sinkTo(FlinkJob.sink(job));
        FlinkJob.run(environment, job);
    }

    /** One event is no pattern: what it ends, it ends at once. */
    private static void leave(CepAct act, Collector<Tuple2<String, byte[]>> out) {
        boolean cart = act.isOrder() || act.is("product_added") || act.is("product_removed");
        if (cart && act.cartEnds) {
            leave(act, "cart-abandoned", out);
        }
        if (act.isOrder()) {
            leave(act, "curious-prospect", out);
        }
        if (act.activity) {
            leave(act, "dormant-customer", out);
        }
        if (act.isOrder() || act.is("product_viewed") || act.is("product_added")) {
            leave(act, "browse-abandoned", out);
        }
    }

    private static void leave(CepAct act, String segment, Collector<Tuple2<String, byte[]>> out) {
        out.collect(Tuple2.of(act.customer, new ChangeText(act.customer, segment, "EXITED", act.time, true).bytes()));
    }

    private void matchCarts(DataStream<CepAct> acts) {
        match(
                acts.filter(act -> act.activity),
                none(when(act -> act.cartFilled), when(act -> true), CART_QUIET),
                CepTell.after(CART_QUIET, "cart-abandoned", "ENTERED", (last, at) -> true));
        match(
                acts.filter(act -> act.cartTouched || act.isOrder()),
                none(when(act -> act.cartTouched), when(act -> true), CART_GIVES_UP),
                CepTell.after(CART_GIVES_UP, "cart-abandoned", "EXITED", (last, at) -> true));
    }

    private void matchProspects(DataStream<CepAct> acts) {
        DataStream<CepAct> views = acts.filter(CepAct::isProspectsView);
        match(views, CepPatterns.prospect(), CepTell.atLast("curious-prospect", "ENTERED"));
        OutputTag<Tuple2<String, byte[]>> fewer = new OutputTag<>("fewer-views", FlinkJob.KEY_AND_BYTES);
        timeOut(
                views,
                CepPatterns.stillProspect(),
                CepTell.timedOut(VIEWED, "curious-prospect", "EXITED", fewer),
                fewer);
    }

    private void matchOrders(DataStream<CepAct> acts) {
        DataStream<CepAct> orders = acts.filter(CepAct::isOrder);
        match(orders, CepPatterns.loyal(), CepTell.atLast("loyal-customer", "ENTERED"));
        OutputTag<Tuple2<String, byte[]>> fewer = new OutputTag<>("fewer-orders", FlinkJob.KEY_AND_BYTES);
        timeOut(
                orders,
                CepPatterns.stillLoyal(),
                CepTell.timedOut(LOYAL_PERIOD, "loyal-customer", "EXITED", fewer),
                fewer);
        match(
                orders,
                none(when(act -> true), when(act -> true), LATELY),
                CepTell.after(LATELY, "loyal-customer", "EXITED", (last, at) -> true));
    }

    private void matchVisits(DataStream<CepAct> acts) {
        DataStream<CepAct> activity = acts.filter(act -> act.activity);
        match(
                activity,
                none(when(act -> act.lastOrder != CepAct.NEVER), when(act -> true), NO_VISIT),
                CepTell.after(
                        NO_VISIT,
                        "dormant-customer",
                        "ENTERED",
                        (last, at) -> last.lastOrder <= at - NO_ORDER.toMillis()));
        match(
                activity,
                none(when(CepAct::isOrder), when(act -> true), NO_ORDER),
                CepTell.after(NO_ORDER, "dormant-customer", "ENTERED", (last, at) -> true));
        match(
                activity,
                none(when(CepAct::isBrowsing), when(act -> true), BROWSE_QUIET),
                CepTell.after(
                        BROWSE_QUIET,
                        "browse-abandoned",
                        "ENTERED",
                        (last, at) -> last.lastView > at - LOOKED.toMillis()
                                && last.lastOrder <= at - BROWSE_NO_ORDER.toMillis()));
        match(
                acts.filter(act -> act.is("product_viewed")),
                none(when(act -> true), when(act -> true), LOOKED),
                CepTell.after(LOOKED, "browse-abandoned", "EXITED", (last, at) -> true));
    }

    private static SimpleCondition<CepAct> when(FilterFunction<CepAct> condition) {
        return SimpleCondition.of(condition);
    }

    private void match(DataStream<CepAct> acts, Pattern<CepAct, ?> pattern, CepTell tell) {
        changes.add(CEP.pattern(byCustomer(acts), pattern).process(tell, FlinkJob.KEY_AND_BYTES));
    }

    private void timeOut(
            DataStream<CepAct> acts,
            Pattern<CepAct, ?> pattern,
            CepTell tell,
            OutputTag<Tuple2<String, byte[]>> timedOut) {
        changes.add(CEP.pattern(byCustomer(acts), pattern)
                .process(tell, FlinkJob.KEY_AND_BYTES)
                .getSideOutput(timedOut));
    }

    private static KeyedStream<CepAct, String> byCustomer(DataStream<CepAct> acts) {
        return acts.keyBy(act -> act.customer, Types.STRING);
    }
}
