// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.cep.functions.PatternProcessFunction;
import org.apache.flink.cep.functions.TimedOutPartialMatchHandler;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** From what a pattern finds to a change that may be one. */
final class CepTell extends PatternProcessFunction<CepAct, Tuple2<String, byte[]>>
        implements TimedOutPartialMatchHandler<CepAct> {
    private static final long serialVersionUID = 1L;

    private final String segment;
    private final String kind;
    private final @Nullable Duration after;
    private final @Nullable OutputTag<Tuple2<String, byte[]>> timedOut;
    private final Still still;

    /** Whether the change holds at that instant, by what the pattern's first act knows. */
    interface Still extends Serializable {
        boolean holds(CepAct first, long at);
    }

    private CepTell(
            String segment,
            String kind,
            @Nullable Duration after,
            @Nullable OutputTag<Tuple2<String, byte[]>> timedOut,
            Still still) {
        this.segment = segment;
        this.kind = kind;
        this.after = after;
        this.timedOut = timedOut;
        this.still = still;
    }

    /** The last act of the match is when. */
    static CepTell atLast(String segment, String kind) {
        return new CepTell(segment, kind, null, null, (first, at) -> true);
    }

    /** So long after the first act of the match. */
    static CepTell after(Duration after, String segment, String kind, Still still) {
        return new CepTell(segment, kind, after, null, still);
    }

    /** So long after the first act of what did not become a match. */
    static CepTell timedOut(Duration after, String segment, String kind, OutputTag<Tuple2<String, byte[]>> timedOut) {
        return new CepTell(segment, kind, after, timedOut, (first, at) -> true);
    }

    @Override
    public void processMatch(Map<String, List<CepAct>> match, Context context, Collector<Tuple2<String, byte[]>> out) {
        if (timedOut == null) {
            boolean byEvent = after == null;
            CepAct act =
                    match.get(byEvent ? CepPatterns.LAST : CepPatterns.FIRST).get(0);
            long at = byEvent ? act.time : act.time + after.toMillis();
            if (still.holds(act, at)) {
                out.collect(change(act.customer, at, byEvent));
            }
        }
    }

    @Override
    public void processTimedOutMatch(Map<String, List<CepAct>> match, Context context) {
        if (timedOut != null && after != null) {
            CepAct first = match.get(CepPatterns.FIRST).get(0);
            context.output(timedOut, change(first.customer, first.time + after.toMillis(), false));
        }
    }

    private Tuple2<String, byte[]> change(String customer, long at, boolean byEvent) {
        return Tuple2.of(customer, new ChangeText(customer, segment, kind, at, byEvent).bytes());
    }
}
