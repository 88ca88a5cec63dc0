package dev.segue.definition.language;

/** How the elements or values of a stream become one value. */
public enum Reduction {
    COUNT("count()"),
    EXISTS("exists"),
    /** Whether the condition, its values, holds for all; true of nothing. */
    ALL("all"),
    /** The part for which the condition, its values, holds; 0.0 of nothing. */
    SHARE("share"),
    SUM("sum()"),
    AVG("avg()"),
    MIN("min()"),
    MAX("max()"),
    MEDIAN("median()"),
    DISTINCT("distinct()"),
    DISTINCT_COUNT("distinct().count()"),
    /** A map of value, count and share of the most frequent value. */
    MOST("most()"),
    LATEST("latest()"),
    FIRST("first()"),
    /** Whether the next element is overdue by the reading's factor of the median gap. */
    OVERDUE("overdue"),
    /** No reduction: the list of values itself, oldest first. */
    LIST("");

    private final String call;

    Reduction(String call) {
        this.call = call;
    }

    /** How it is written at the end of an expression. */
    public String call() {
        return call;
    }
}
