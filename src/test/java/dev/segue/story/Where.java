// SPDX-License-Identifier: Apache-2.0
package dev.segue.story;

import dev.segue.plan.Plan;
import dev.segue.topology.TopologyStage;

/** The stages that need no server. */
public enum Where {
    BARE_PLAN,
    STORED_PLAN,
    TOPOLOGY,
    RESTARTED_TOPOLOGY;

    Stage open(Plan plan) throws Exception {
        return switch (this) {
            case BARE_PLAN -> new PlanStage(plan, false);
            case STORED_PLAN -> new PlanStage(plan, true);
            case TOPOLOGY -> new TopologyStage(plan, false);
            case RESTARTED_TOPOLOGY -> new TopologyStage(plan, true);
        };
    }
}
