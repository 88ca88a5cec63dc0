// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition.language;

import java.util.ArrayList;
import java.util.List;

/** Names CEL's types in plain words. */
final class TypeWords {
    private TypeWords() {}

    /** Returns the words for one type, such as {@code list(string)}. */
    static String of(String type) {
        String plain = type.strip();
        if (plain.startsWith("list(") && plain.endsWith(")")) {
            return "list of " + of(plain.substring(5, plain.length() - 1));
        }
        if (plain.startsWith("map(")) {
            return "map";
        }
        return switch (plain) {
            case "int", "int64" -> "whole number";
            case "double" -> "number with a point";
            case "string" -> "text";
            case "bool" -> "true or false";
            case "product_facts" -> "product";
            case "dyn" -> "text, number, or true or false";
            case "uint" -> "unsigned number";
            case "null", "null_type" -> "null";
            case "google.protobuf.Timestamp", "timestamp" -> "time";
            case "google.protobuf.Duration", "duration" -> "duration";
            default -> plain;
        };
    }

    /** Returns the words for the operand types of a function: {@code (int, string)}, or {@code list(int).(string)}. */
    static List<String> all(String applied) {
        List<String> types = new ArrayList<>();
        int depth = 0;
        int start = 0;
        String flat = applied.startsWith("(") && applied.endsWith(")")
                ? applied.substring(1, applied.length() - 1)
                : applied.replace(".(", ", ").replaceFirst("\\)$", "");
        for (int index = 0; index <= flat.length(); index++) {
            if (index == flat.length() || (flat.charAt(index) == ',' && depth == 0)) {
                types.add(of(flat.substring(start, index)));
                start = index + 1;
            } else if (flat.charAt(index) == '(') {
                depth++;
            } else if (flat.charAt(index) == ')') {
                depth--;
            }
        }
        types.removeIf(String::isEmpty);
        return types.isEmpty() ? List.of("this") : types;
    }
}
