package dev.segue.definition;

/** How the elements or values of a stream become one value. */
public enum Reduction {
    COUNT("count()"),
    EXISTS("exists"),
    SUM("sum()"),
    DISTINCT("distinct()"),
    DISTINCT_COUNT("distinct().count()"),
    LATEST("latest()"),
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
