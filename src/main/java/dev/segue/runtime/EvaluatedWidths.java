// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime;

import dev.segue.audience.WidthRule;
import dev.segue.config.WidthSettings;
import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionSet;
import dev.segue.runtime.cluster.DefinitionWatch;
import dev.segue.topology.Plans;
import dev.segue.topology.Progress;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * The rule for the widths of the segments that are evaluated. A published set counts once the tasks evaluate it and its definitions
 * know their past; its new segments would be empty before. Safe for several threads.
 */
final class EvaluatedWidths implements Supplier<WidthRule> {
    private final WidthSettings settings;
    private final DefinitionWatch published;
    private final Plans plans;
    private final Progress progress;
    private volatile Known known;

    private record Known(Instant published, WidthRule rule) {}

    /** @param files the definitions until a set is evaluated */
    EvaluatedWidths(
            WidthSettings settings, List<Definition> files, DefinitionWatch published, Plans plans, Progress progress) {
        this.settings = settings;
        this.published = published;
        this.plans = plans;
        this.progress = progress;
        this.known = new Known(Instant.EPOCH, new WidthRule(settings, files));
    }

    @Override
    public WidthRule get() {
        DefinitionSet latest = published.sets().latest().orElse(null);
        if (latest != null && !latest.at().equals(known.published()) && isEvaluated(latest)) {
            known = new Known(latest.at(), new WidthRule(settings, plans.definitions(latest)));
        }
        return known.rule();
    }

    private boolean isEvaluated(DefinitionSet latest) {
        return progress.evaluated().filter(set -> set.at().equals(latest.at())).isPresent()
                && progress.fills().isNone();
    }
}
