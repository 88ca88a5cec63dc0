package dev.segue.replay;

/**
 * How often events had a problem of one kind.
 *
 * @param events how many; at least 1
 * @param example the first offending text; empty where something was missing
 */
public record ProblemCount(long events, String example) {
    ProblemCount and(ProblemCount next) {
        return new ProblemCount(events + next.events, example);
    }
}
