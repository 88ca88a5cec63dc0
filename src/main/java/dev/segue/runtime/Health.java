package dev.segue.runtime;

import dev.segue.serde.event.JsonText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How an instance is.
 *
 * @param checks in the order in which an operator should read them
 */
public record Health(List<Check> checks) {
    public Health {
        checks = List.copyOf(checks);
    }

    /**
     * One question about an instance.
     *
     * @param degraded whether answers are fresh and may be wrong all the same, so that somebody should look
     * @param why one sentence, for an operator; holds nothing of customers
     */
    public record Check(String name, boolean ok, boolean degraded, String why) {
        public Check(String name, boolean ok, String why) {
            this(name, ok, false, why);
        }

        /** One that does not make the instance unready: no restart and no other instance would mend it. */
        static Check degraded(String name, String why) {
            return new Check(name, true, true, why);
        }
    }

    /** Whether every check is fine. */
    public boolean ok() {
        return checks.stream().allMatch(Check::ok);
    }

    String json() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("ok", ok());
        if (checks.stream().anyMatch(Check::degraded)) {
            body.put("degraded", true);
        }
        body.put("checks", checks.stream().map(Health::map).toList());
        return JsonText.of(body);
    }

    private static Map<String, Object> map(Check check) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("check", check.name());
        values.put("ok", check.ok());
        if (check.degraded()) {
            values.put("degraded", true);
        }
        values.put("why", check.why());
        return values;
    }
}
