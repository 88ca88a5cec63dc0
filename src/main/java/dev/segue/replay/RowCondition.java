package dev.segue.replay;

/** A yes-or-no expression over one row. */
interface RowCondition {
    boolean holds(Row row) throws RefusedRow;
}
