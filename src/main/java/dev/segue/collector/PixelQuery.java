// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector;

import dev.segue.serde.event.JsonLines;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.util.Fields;

/** The message in the query of a pixel, for pages and mails that cannot run scripts. */
final class PixelQuery {
    private static final int DEEPEST = 5;

    private PixelQuery() {}

    /** Segment's: {@code data} is the message's JSON in Base64. */
    static String data(Fields query) throws RefusedRequest {
        String data = query.getValue("data");
        if (data == null) {
            throw RefusedRequest.malformed("the query has no 'data', the message's JSON in Base64");
        }
        try {
            // A plus sign in a query is read as a blank.
            byte[] json = Base64.getDecoder()
                    .decode(data.replace(' ', '+').replace('-', '+').replace('_', '/'));
            return RequestText.of(json);
        } catch (IllegalArgumentException notBase64) {
            throw RefusedRequest.malformed("'data' is not Base64");
        }
    }

    /** RudderStack's: each parameter is a member, and dots lead into objects: {@code properties.price=12}. */
    static String members(Fields query) throws RefusedRequest {
        Map<String, Object> message = new LinkedHashMap<>();
        for (Fields.Field field : query) {
            put(message, field.getName().split("\\.", -1), field.getValue());
        }
        return JsonLines.write(message);
    }

    private static void put(Map<String, Object> message, String[] path, String value) throws RefusedRequest {
        if (path.length > DEEPEST) {
            throw RefusedRequest.malformed("a parameter leads more than " + DEEPEST + " objects deep");
        }
        Map<String, Object> object = message;
        for (int part = 0; part < path.length - 1; part++) {
            Object nested = object.computeIfAbsent(path[part], any -> new LinkedHashMap<String, Object>());
            if (!(nested instanceof Map<?, ?>)) {
                throw RefusedRequest.malformed("the parameter '" + path[part] + "' is both a text and an object");
            }
            @SuppressWarnings("unchecked")
            Map<String, Object> members = (Map<String, Object>) nested;
            object = members;
        }
        object.put(path[path.length - 1], value);
    }
}
