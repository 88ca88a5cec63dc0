package dev.segue.plan;

/** What one customer's history of one aggregate comes down to. Changed in place. */
public sealed interface AggregateState permits Total, Series, Keyed, CartLog, ProfileState, Ledger {}
