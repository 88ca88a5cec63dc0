package dev.segue.plan;

import dev.segue.event.Cause;
import java.util.BitSet;
import java.util.List;

/** What is known beforehand of customers who have done nothing yet: what most definitions answer, and why. */
final class Newcomer {
    /** Any instant will do: what depends on it is asked anew. */
    private static final long ANY_TIME = 0;

    private final Attention attention;
    private final BitSet asked;

    private Newcomer(Attention attention, BitSet asked) {
        this.attention = attention;
        this.asked = asked;
    }

    /**
     * @param alwaysTimed definitions whose answer depends on the time even so
     * @param terms how many there are
     */
    static Newcomer of(List<CompiledDefinition> definitions, BitSet alwaysTimed, int terms) {
        Attention attention = Attention.none(terms);
        BitSet asked = (BitSet) alwaysTimed.clone();
        for (int position = 0; position < definitions.size(); position++) {
            CustomerState nobody = new CustomerState("");
            Look look = new Look(nobody, ANY_TIME);
            look.at(ANY_TIME, Cause.DEADLINE);
            definitions.get(position).ask(look);
            boolean quiet = look.changes().isEmpty() && look.failures().isEmpty();
            long until = definitions.get(position).attend(nobody, look.frame(), attention);
            if (!quiet || until != CustomerState.NEVER) {
                asked.set(position);
            }
        }
        return new Newcomer(attention, asked);
    }

    /** For one more customer, who goes on from there. */
    Attention attention() {
        return attention.another();
    }

    /** Definitions that have something to say at the first event, whatever it is. */
    BitSet asked() {
        return asked;
    }
}
