package dev.segue.replay;

import dev.segue.event.Change;
import java.util.List;

/**
 * What a replay yields.
 *
 * @param changes ordered by the instant at which they became true, then customer, then emission: of one instant in dependency order,
 *     and within a group the EXITED before the ENTERED
 */
public record ReplayResult(List<Change> changes, ReplaySummary summary) {}
