// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.cluster;

import dev.segue.config.SegmentSettings.Publish;
import dev.segue.config.Settings;
import dev.segue.definition.CheckedDefinitions;
import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionSet;
import dev.segue.definition.DefinitionSource;
import dev.segue.definition.SetDifference;
import dev.segue.definition.SetOptions;
import dev.segue.serde.output.DefinitionLog;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The definitions of this installation's files, which may be published.
 *
 * @param by who publishes them
 */
public record Candidate(
        List<Definition> definitions, List<DefinitionSource> sources, SetOptions options, String by, Publish when) {
    private static final Logger LOG = LoggerFactory.getLogger(Candidate.class);

    /** Checked definitions with the settings that give them their meaning; published by this system's user. */
    public static Candidate of(Settings settings, CheckedDefinitions checked) {
        SetOptions options = new SetOptions(
                settings.zone(), settings.limits().dedupWindow(), settings.currency(), settings.origins());
        return new Candidate(
                checked.definitions(),
                checked.sources(),
                options,
                System.getProperty("user.name", "unknown"),
                settings.segments().publish());
    }

    public Candidate by(String who) {
        return new Candidate(definitions, sources, options, who, when);
    }

    /** Returns these definitions as the set after those that were published. */
    public DefinitionSet after(DefinitionLog log, Instant at) {
        return new DefinitionSet(log.nextRevision(), log.nextAt(at), by, null, options, sources);
    }

    /**
     * Publishes the definitions of a starting instance if the settings say so; otherwise logs what differs.
     *
     * @return the latest revision then
     */
    public long publish(DefinitionTopic topic, Instant now) {
        AtomicLong latest = new AtomicLong();
        Optional<DefinitionSet> published = topic.publish(log -> {
            latest.set(log.latestRevision());
            return next(log, now);
        });
        published.ifPresent(set -> LOG.info(
                "published revision {} with {} definitions",
                set.revision(),
                set.sources().size()));
        return published.map(DefinitionSet::revision).orElseGet(latest::get);
    }

    private Optional<DefinitionSet> next(DefinitionLog log, Instant now) {
        Optional<DefinitionSet> live = log.sets().latest();
        DefinitionSet next = after(log, now);
        if (live.isEmpty()) {
            return Optional.of(next);
        }
        SetDifference difference = SetDifference.between(live.get(), next);
        if (!difference.isNone() && when == Publish.WHEN_EMPTY) {
            LOG.warn(
                    "this instance evaluates the published revision {}, not its own files. With these, 'segue apply' would"
                            + " change: {}",
                    live.get().revision(),
                    difference.text());
            return Optional.empty();
        }
        return difference.isNone() ? Optional.empty() : Optional.of(next);
    }
}
