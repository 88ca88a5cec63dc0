// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.operate;

import dev.segue.config.Settings;
import dev.segue.definition.DefinitionSet;
import dev.segue.runtime.cluster.CannotStart;
import dev.segue.runtime.cluster.ClusterDoor;
import dev.segue.runtime.cluster.DefinitionTopic;
import dev.segue.runtime.cluster.Failures;
import dev.segue.runtime.cluster.Registries;
import dev.segue.serde.output.DefinitionLog;
import dev.segue.serde.registry.RegistryException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;

/** The published sets of a processor. */
public final class PublishedDefinitions implements Publications {
    private final Settings settings;
    private final DefinitionTopic topic;

    /** @throws CannotStart if the broker or the topic cannot be used */
    public PublishedDefinitions(Settings settings) {
        ClusterDoor.requireTopic(settings, settings.topics().names().definitions());
        this.settings = settings;
        this.topic = new DefinitionTopic(settings, Registries.withoutBudget(settings));
    }

    @Override
    public DefinitionLog read() {
        return answer(topic::read);
    }

    @Override
    public DefinitionSet publish(long after, Function<DefinitionLog, DefinitionSet> next) {
        return answer(() -> topic.publish(log -> {
                    if (log.latestRevision() != after) {
                        throw new CannotStart("Nothing was published: revision " + log.latestRevision()
                                + " was published meanwhile. Look at it with 'segue definitions', and try again.");
                    }
                    return Optional.of(next.apply(log));
                }))
                .orElseThrow();
    }

    private <T> T answer(Supplier<T> question) {
        try {
            return question.get();
        } catch (RegistryException away) {
            throw new CannotStart(Failures.sentence(away), away);
        } catch (KafkaException refusal) {
            throw Failures.atStart(
                    refusal,
                    settings.bootstrapServers(),
                    settings.processing().startPatience().toSeconds());
        }
    }
}
