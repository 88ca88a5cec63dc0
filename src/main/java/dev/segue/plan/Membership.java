package dev.segue.plan;

/**
 * That a customer is in a segment.
 *
 * @param segment the segment's name
 * @param version the definition's version when the customer entered
 * @param enteredAt milliseconds since the epoch
 * @param carryHash stands for the carry last sent, where the definition sends its updates; else 0
 */
public record Membership(String segment, String version, long enteredAt, long carryHash) {}
