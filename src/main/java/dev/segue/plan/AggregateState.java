package dev.segue.plan;

/** What one customer's history of one aggregate comes down to. Changed in place. */
public sealed interface AggregateState permits Total, Series, Keyed, CartLog, ProfileState, Ledger {
    /**
     * Lets the older half of the elements go, because their customer has grown too large.
     *
     * @return false where there is nothing to let go
     */
    boolean halve();
}
