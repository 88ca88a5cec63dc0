package dev.segue.runtime;

import dev.segue.audience.SegmentWidth;
import dev.segue.definition.CheckedDefinitions;
import dev.segue.event.Vocabulary;
import dev.segue.lint.Lint;
import dev.segue.plan.PlanOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what is suspicious about definitions, at the start and once it is known how many customers each holds. */
final class DefinitionWarnings {
    private static final Logger LOG = LoggerFactory.getLogger(DefinitionWarnings.class);

    private DefinitionWarnings() {}

    static void log(CheckedDefinitions checked, Vocabulary vocabulary, PlanOptions options) {
        String warnings = Lint.summary(Lint.warnings(checked, vocabulary, options));
        if (!warnings.isEmpty()) {
            LOG.warn("{}", warnings);
        }
    }

    static void log(SegmentWidth width) {
        if (width.isNobody()) {
            LOG.warn(
                    "the segment '{}' holds none of the {} customers of this instance's partitions, and nobody has"
                            + " entered it since the start. Is its condition too narrow, or do its events not come?",
                    width.segment(),
                    width.customers());
        } else {
            LOG.warn(
                    "the segment '{}' holds {} of the {} customers of this instance's partitions, nearly everybody."
                            + " Is its condition too wide?",
                    width.segment(),
                    width.members(),
                    width.customers());
        }
    }
}
