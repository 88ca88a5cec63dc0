// SPDX-License-Identifier: Apache-2.0
package dev.segue.console;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.FormFields;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;

/** Takes requests apart. */
final class RequestReader {
    /** The most bytes of a body: a definition of 64 KiB, encoded. */
    private static final int LONGEST = 256 * 1024;

    private static final int MOST_FIELDS = 100;

    private RequestReader() {}

    /** Returns the decoded parts of the path. They are divided first, so that a part may contain a slash. */
    static List<String> path(Request request) throws WebRefusal {
        List<String> parts = new ArrayList<>();
        for (String part : request.getHttpURI().getPath().split("/", -1)) {
            if (!part.isEmpty()) {
                try {
                    // A plus is a plus in a path.
                    parts.add(URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8));
                } catch (IllegalArgumentException malformed) {
                    throw new WebRefusal(HttpStatus.BAD_REQUEST_400, "The address is malformed.");
                }
            }
        }
        return parts;
    }

    static Map<String, String> query(Request request) throws WebRefusal {
        try {
            return first(Request.extractQueryParameters(request, StandardCharsets.UTF_8));
        } catch (RuntimeException malformed) {
            throw new WebRefusal(HttpStatus.BAD_REQUEST_400, "The address is malformed.");
        }
    }

    /** Reads the fields of a form; blocks until they have arrived. */
    static Map<String, String> form(Request request) throws WebRefusal {
        if (request.getLength() > LONGEST) {
            throw new WebRefusal(HttpStatus.PAYLOAD_TOO_LARGE_413, "The form is larger than 256 KiB.");
        }
        try {
            return first(FormFields.getFields(request, MOST_FIELDS, LONGEST));
        } catch (RuntimeException malformed) {
            throw new WebRefusal(HttpStatus.BAD_REQUEST_400, "The form cannot be read: it is malformed or too large.");
        }
    }

    private static Map<String, String> first(Fields fields) {
        Map<String, String> values = new LinkedHashMap<>();
        fields.forEach(field -> values.putIfAbsent(field.getName(), field.getValue() == null ? "" : field.getValue()));
        return values;
    }
}
