package dev.segue.definition;

/** A typed expression. */
public interface Expression {}
