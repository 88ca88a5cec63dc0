// SPDX-License-Identifier: Apache-2.0
package dev.segue.console.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A piece of a definition's text, for its colour. All pieces together are the text.
 *
 * @param kind how it is shown
 */
public record SourceToken(Kind kind, String text) {
    private static final Pattern TOKEN = Pattern.compile("""
            (?<comment>(?:^|(?<=\\s))\\#[^\\n]*)\
            |(?<key>(?m:^[ ]*(?:-[ ]+)?)[\\w-]+(?=:(?:\\s|$)))\
            |(?<text>'(?:[^'\\n]|'')*'|"(?:[^"\\\\\\n]|\\\\.)*")\
            |(?<function>\\b[a-z]\\w*(?=\\())\
            |(?<number>\\b[0-9]+(?:\\.[0-9]+)?(?:ms|[smhdw])?\\b)\
            |(?<word>\\b(?:true|false|null|in)\\b)""", Pattern.MULTILINE);

    /** What a piece is. */
    public enum Kind {
        PLAIN,
        COMMENT,
        KEY,
        TEXT,
        FUNCTION,
        NUMBER,
        WORD;

        /** The word in the style sheet and in patterns. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static List<SourceToken> of(String source) {
        List<SourceToken> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(source);
        int end = 0;
        while (matcher.find()) {
            if (matcher.start() > end) {
                tokens.add(new SourceToken(Kind.PLAIN, source.substring(end, matcher.start())));
            }
            tokens.add(new SourceToken(kind(matcher), matcher.group()));
            end = matcher.end();
        }
        if (end < source.length()) {
            tokens.add(new SourceToken(Kind.PLAIN, source.substring(end)));
        }
        return List.copyOf(tokens);
    }

    private static Kind kind(Matcher matcher) {
        for (Kind kind : Kind.values()) {
            if (kind != Kind.PLAIN && matcher.group(kind.word()) != null) {
                return kind;
            }
        }
        return Kind.PLAIN;
    }
}
