// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime;

import dev.segue.config.Settings;
import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionSet;
import dev.segue.runtime.cluster.Candidate;
import dev.segue.runtime.cluster.CannotStart;
import dev.segue.runtime.cluster.DefinitionTopic;
import dev.segue.runtime.cluster.DefinitionWatch;
import dev.segue.runtime.cluster.Failures;
import dev.segue.serde.registry.SchemaRegistry;
import dev.segue.topology.FillStatus;
import dev.segue.topology.Plans;
import dev.segue.topology.Progress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.apache.kafka.common.KafkaException;

/**
 * The definitions that an instance evaluates: those of its files until it starts, and the published ones from then on.
 *
 * @param candidate the definitions of the instance's files
 * @param published follows the topic of definitions
 * @param clock gives the instant at which the candidate is published
 */
record EvaluatedDefinitions(
        Settings settings,
        Candidate candidate,
        DefinitionWatch published,
        Plans plans,
        SchemaRegistry registry,
        InstantSource clock)
        implements AutoCloseable {
    /** Live events come first, so a fill may rest; but not for so long. */
    private static final Duration LONGEST_STUCK = Duration.ofMinutes(5);

    /**
     * Publishes the candidate if the settings say so, and follows the topic from then on.
     *
     * @throws CannotStart if the topic cannot be used, or no published set can be evaluated
     */
    void start() {
        try {
            published.start(candidate.publish(new DefinitionTopic(settings, registry), clock.instant()));
        } catch (KafkaException refusal) {
            throw Failures.atStart(
                    refusal,
                    settings.bootstrapServers(),
                    settings.processing().startPatience().toSeconds());
        }
        if (published.sets().latest().isEmpty() && !published.isClosed()) {
            throw new CannotStart("There are no definitions to evaluate: " + published.refusal());
        }
    }

    /** Returns the published definitions, in order; before the start, those of the files. */
    List<Definition> now() {
        return published.sets().latest().map(plans::definitions).orElseGet(candidate::definitions);
    }

    /**
     * Checks that the latest published definitions are evaluated.
     *
     * @param progress of this instance's tasks
     */
    Health.Check check(Progress progress) {
        String refusal = published.refusal();
        if (refusal != null) {
            return Health.Check.degraded("definitions", refusal);
        }
        DefinitionSet latest = published.sets().latest().orElse(null);
        if (latest == null) {
            return new Health.Check("definitions", true, "no published definitions have been read yet");
        }
        DefinitionSet ofTasks = progress.evaluated().orElse(latest);
        if (ofTasks.at().isAfter(latest.at())) {
            return Health.Check.degraded(
                    "definitions",
                    "revision " + ofTasks.revision() + " of " + ofTasks.at() + " is evaluated, but the latest in topic "
                            + published.topic() + " is revision " + latest.revision() + " of " + latest.at()
                            + ": the topic was deleted. Publish the definitions again with 'segue apply'");
        }
        FillStatus fills = progress.fills();
        String evaluated = ofTasks.at().equals(latest.at())
                ? "revision " + latest.revision() + " is evaluated"
                : "revision " + ofTasks.revision() + " is evaluated, " + latest.revision() + " follows";
        if (fills.failure() != null || fills.stuck().compareTo(LONGEST_STUCK) > 0) {
            String why = fills.failure() == null ? "" : ": " + fills.failure();
            return Health.Check.degraded(
                    "definitions",
                    evaluated + ", but no past events were read for "
                            + fills.stuck().toSeconds() + " s" + why);
        }
        return new Health.Check("definitions", true, fills.isNone() ? evaluated : evaluated + "; " + fills.text());
    }

    @Override
    public void close() {
        published.close();
    }
}
