// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime;

import dev.segue.audience.SegmentWidth;
import dev.segue.definition.CheckedDefinitions;
import dev.segue.event.Vocabulary;
import dev.segue.lint.Lint;
import dev.segue.plan.PlanOptions;
import dev.segue.statistics.SegmentShift;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs suspicious definitions: at the start, and once each segment's size is known. */
final class DefinitionWarnings {
    private static final Logger LOG = LoggerFactory.getLogger(DefinitionWarnings.class);

    private DefinitionWarnings() {}

    static void log(CheckedDefinitions checked, Vocabulary vocabulary, PlanOptions options) {
        String warnings = Lint.summary(Lint.warnings(checked, vocabulary, options));
        if (!warnings.isEmpty()) {
            LOG.warn("{}", warnings);
        }
    }

    static void log(SegmentShift shift) {
        LOG.warn(
                "the segment '{}' has {} by half or more within a day: of {} members, {} left and {} entered until {}. Was"
                        + " that expected, or have events changed?",
                shift.segment(),
                shift.isGrowth() ? "grown" : "shrunk",
                shift.before(),
                shift.exited(),
                shift.entered(),
                Instant.ofEpochMilli(shift.end()));
    }

    static void log(SegmentWidth width) {
        if (width.isEmpty()) {
            LOG.warn(
                    "the segment '{}' contains none of the {} customers of this instance's partitions, and no"
                            + " customer has entered it since the start. Is its condition too narrow, or do its events not"
                            + " arrive?",
                    width.segment(),
                    width.customers());
        } else {
            LOG.warn(
                    "the segment '{}' contains {} of the {} customers of this instance's partitions, nearly all of"
                            + " them. Is its condition too wide?",
                    width.segment(),
                    width.members(),
                    width.customers());
        }
    }
}
