package dev.segue.replay;

import dev.segue.event.Change;
import java.util.List;

/**
 * What a replay yields.
 *
 * @param changes ordered by the instant at which they became true, customer, segment, then emission
 */
public record ReplayResult(List<Change> changes, ReplaySummary summary) {}
