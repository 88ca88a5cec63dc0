// SPDX-License-Identifier: Apache-2.0
package dev.segue.plan;

import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionRule;
import dev.segue.definition.language.Expression;
import dev.segue.definition.language.Streams;
import dev.segue.event.Evidence;
import dev.segue.plan.expression.AggregateNeeds;
import dev.segue.plan.expression.Frame;
import dev.segue.plan.expression.PercentileReading;
import dev.segue.plan.population.CutTables;
import dev.segue.plan.population.Cuts;
import dev.segue.plan.population.Standings;
import dev.segue.plan.population.ValueBuckets;
import dev.segue.plan.state.CustomerState;
import dev.segue.plan.state.Membership;
import dev.segue.plan.state.WatchedTerms;
import dev.segue.value.EvaluationException;
import java.util.List;
import java.util.Set;

/** Counts the customer among those of one population, and knows to which percentiles the cuts put the value. */
final class CompiledPopulation extends CompiledDefinition {
    private final Condition value;
    private final Expression.Percentile percentile;
    private final String askedBy;
    private final ValueBuckets buckets;
    private final long id;
    private final int[] asked;

    /** @param asked the percentiles at which a result may change, in tenths of a percent, ascending */
    CompiledPopulation(
            Definition definition,
            DefinitionRule.Population rule,
            int[] asked,
            Streams streams,
            AggregateNeeds aggregates,
            Terms terms) {
        super(definition, streams, aggregates, terms);
        this.percentile = rule.percentile();
        this.askedBy = rule.askedBy();
        this.asked = asked;
        this.value = value(percentile.value());
        this.buckets = ValueBuckets.of(percentile.value().type());
        this.id = PercentileReading.id(percentile);
    }

    long id() {
        return id;
    }

    /** See {@link Plan#movesAt(Standings, CutTables, long)}. */
    long movesAt(Standings standings, CutTables cuts, long now) {
        int bucket = standings.bucket(id);
        int place = standings.place(id);
        return bucket == ValueBuckets.NONE && place != Cuts.AWAITING
                ? CustomerState.NEVER
                : cuts.movesAt(id, bucket, place, asked, now);
    }

    PopulationNeed need() {
        return new PopulationNeed(id, percentile.value().text(), percentile.among(), percentile.minimum(), asked);
    }

    @Override
    String responsible() {
        return askedBy;
    }

    @Override
    Set<String> decides() {
        return Set.of(name());
    }

    @Override
    boolean grants(Membership membership) {
        return false;
    }

    @Override
    boolean isIn(CustomerState state) {
        return false;
    }

    @Override
    void decide(Evaluation evaluation) {
        CustomerState state = evaluation.state();
        int bucket = bucket(evaluation);
        Cuts cuts = state.cuts().at(id, evaluation.frame().now());
        evaluation.stands(id, bucket, cuts == null ? Cuts.AWAITING : cuts.place(bucket, asked));
    }

    private int bucket(Evaluation evaluation) {
        String among = percentile.among();
        if (among != null && evaluation.state().membership(among) == null) {
            return ValueBuckets.NONE;
        }
        try {
            Object found = value.value(evaluation.frame());
            return among == null && buckets.isZero(found) ? ValueBuckets.NONE : buckets.of(found);
        } catch (EvaluationException none) {
            evaluation.fail(responsible());
            return ValueBuckets.NONE;
        }
    }

    @Override
    List<Evidence> evidenceFor(Evaluation evaluation, Membership membership) {
        return List.of();
    }

    @Override
    List<Evidence> evidenceAgainst(Evaluation evaluation, Membership left) {
        return List.of();
    }

    @Override
    long watch(CustomerState state, Frame frame, WatchedTerms watched) {
        return value.watchAll(frame, watched);
    }
}
