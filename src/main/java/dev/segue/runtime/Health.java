// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime;

import dev.segue.serde.event.JsonLines;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The health of one instance.
 *
 * @param checks in the order in which an operator should read them
 */
public record Health(List<Check> checks) {
    public Health {
        checks = List.copyOf(checks);
    }

    /**
     * The result of one check.
     *
     * @param degraded true if the results are fresh but may be wrong, so that an operator should look
     * @param why one sentence for an operator, without customer data
     */
    public record Check(String name, boolean ok, boolean degraded, String why) {
        public Check(String name, boolean ok, String why) {
            this(name, ok, false, why);
        }

        /**
         * A degraded check does not make the instance unready: neither a restart nor another instance would mend it.
         */
        static Check degraded(String name, String why) {
            return new Check(name, true, true, why);
        }
    }

    /** True if every check passes. */
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
        return JsonLines.write(body);
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
