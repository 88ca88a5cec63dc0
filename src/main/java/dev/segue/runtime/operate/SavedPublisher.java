// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.operate;

import dev.segue.config.Settings;
import dev.segue.definition.CheckedDefinitions;
import dev.segue.definition.DefinitionReader;
import dev.segue.definition.DefinitionSet;
import dev.segue.definition.DefinitionSource;
import dev.segue.definition.InvalidDefinitions;
import dev.segue.definition.SetDifference;
import dev.segue.event.Vocabulary;
import dev.segue.lint.Lint;
import dev.segue.plan.PlanOptions;
import dev.segue.runtime.cluster.Candidate;
import dev.segue.runtime.cluster.CannotStart;
import dev.segue.serde.output.DefinitionLog;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Checks the definitions of saved files, and publishes them if they are valid and differ. For one thread. */
final class SavedPublisher implements SavedDefinitions.Receiver {
    private final Settings settings;
    private final Vocabulary vocabulary;
    private final Supplier<? extends Publications> topic;
    private final PastReach.Retained retained;
    private final InstantSource clock;
    private final PrintWriter out;
    private final PrintWriter err;
    private final FileContents before;
    /** The file of each definition that these files have had since a set was last published from them. */
    private @Nullable Map<String, String> own;

    private @Nullable FileContents warned;

    /**
     * @param before the files that the processor has loaded
     * @param topic opened for each set
     * @param retained what the topic of events still holds
     */
    SavedPublisher(
            FileContents before,
            Settings settings,
            Vocabulary vocabulary,
            Supplier<? extends Publications> topic,
            PastReach.Retained retained,
            InstantSource clock,
            PrintWriter out,
            PrintWriter err) {
        this.before = before;
        this.settings = settings;
        this.vocabulary = vocabulary;
        this.topic = topic;
        this.retained = retained;
        this.clock = clock;
        this.out = out;
        this.err = err;
    }

    @Override
    public void accept(FileContents saved) {
        if (saved.trouble() != null) {
            reject(saved.trouble());
            return;
        }
        try {
            CheckedDefinitions checked = check(saved);
            warn(saved, checked);
            publish(saved, checked);
        } catch (InvalidDefinitions wrong) {
            reject(String.valueOf(wrong.getMessage()));
        }
    }

    private CheckedDefinitions check(FileContents saved) throws InvalidDefinitions {
        return new DefinitionReader(vocabulary)
                .check(saved.texts(), settings.segments().overrides());
    }

    private void reject(String problems) {
        err.println(problems + "\nNothing was published. The next save is checked again.");
        err.flush();
    }

    private void warn(FileContents saved, CheckedDefinitions checked) {
        if (!saved.equals(warned)) {
            warned = saved;
            Lint.warnings(checked, vocabulary, PlanOptions.of(settings))
                    .forEach(warning -> out.println(warning.render()));
            out.flush();
        }
    }

    private void publish(FileContents saved, CheckedDefinitions checked) {
        Map<String, String> known = own(checked);
        Candidate candidate = Candidate.of(settings, checked);
        Publications publications = topic.get();
        DefinitionLog log = publications.read();
        Instant now = clock.instant();
        DefinitionSet next = candidate.after(log, now);
        SetDifference difference = SetDifference.between(log.sets().latest().orElse(null), next);
        Set<String> foreign = new TreeSet<>(difference.removed());
        foreign.removeAll(known.keySet());
        if (!foreign.isEmpty()) {
            reject(String.join(", ", foreign) + " would be removed, and the memberships would end, but these files"
                    + " never had " + (foreign.size() == 1 ? "it" : "them") + ". If that is meant, publish them with"
                    + " 'segue apply --remove'.");
            return;
        }
        if (difference.isNone()) {
            out.println("nothing differs from revision " + log.latestRevision() + ", so nothing is published");
        } else {
            warnOfShortHistory(PastReach.of(log.sets(), next, checked.definitions(), vocabulary, settings, now));
            DefinitionSet set = publications.publish(log.latestRevision(), latest -> candidate.after(latest, now));
            out.println("published revision " + set.revision() + ": " + difference.text()
                    + ended(difference.removed(), known, saved));
        }
        out.flush();
        own = files(checked);
    }

    /** Whoever saves wants to see the result at once, so nothing is asked. */
    private void warnOfShortHistory(PastReach reach) {
        try {
            String shortage = reach.shortage(retained);
            if (shortage != null) {
                out.println("warning: " + shortage + " Their results are as if customers had begun then; write 'since:"
                        + " now' into a definition that needs no past.");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new CannotStart("Nothing was published, because Segue is being stopped.");
        }
    }

    private Map<String, String> own(CheckedDefinitions checked) {
        Map<String, String> known = own;
        if (known == null) {
            known = loaded();
            own = known;
        }
        known.putAll(files(checked));
        return known;
    }

    private Map<String, String> loaded() {
        try {
            return before.trouble() == null ? files(check(before)) : new TreeMap<>();
        } catch (InvalidDefinitions neverLoaded) {
            return new TreeMap<>();
        }
    }

    private static Map<String, String> files(CheckedDefinitions checked) {
        Map<String, String> files = new TreeMap<>();
        for (DefinitionSource source : checked.sources()) {
            files.put(source.name(), source.file());
        }
        return files;
    }

    /** Says why memberships end, if any do. */
    private static String ended(List<String> removed, Map<String, String> known, FileContents saved) {
        if (removed.isEmpty()) {
            return "";
        }
        Set<String> deleted = new TreeSet<>();
        removed.forEach(name -> deleted.add(known.get(name)));
        deleted.removeAll(saved.names());
        return "; " + (removed.size() == 1 ? "its" : "their") + " memberships end"
                + (deleted.isEmpty()
                        ? ""
                        : ", because " + String.join(", ", deleted) + (deleted.size() == 1 ? " was" : " were")
                                + " deleted");
    }
}
