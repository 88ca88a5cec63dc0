// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition;

import com.google.common.collect.Sets;
import dev.segue.definition.language.Expression;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One checked definition.
 *
 * @param name unique over all definitions and the choices of all groups
 * @param describes one sentence for people; may be empty
 * @param version changes whenever the definition's text or the effective value of a param changes: the first 12
 *     hexadecimal digits of their SHA-256
 * @param params the definition's constants, in the order written
 * @param rule the definition's conditions or value
 * @param carry expressions whose values are attached to ENTERED and UPDATED, in the order written; for a trigger, the data
 *     to send
 * @param updateCarry whether a change of the carry inside the segment emits UPDATED
 * @param references the segments that it reads with in_segment
 * @param owner the person or team responsible for it; may be empty
 * @param tags arbitrary labels
 * @param sinceNow whether it begins with what is already kept when it is published, instead of knowing past events
 */
public record Definition(
        String name,
        String describes,
        String version,
        Map<String, Param> params,
        DefinitionRule rule,
        Map<String, Expression> carry,
        boolean updateCarry,
        Set<String> references,
        String owner,
        List<String> tags,
        boolean sinceNow) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");

    /** Returns whether the text is a valid name: a letter, then up to 63 letters, digits and hyphens, all lowercase. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /**
     * Returns the kind of definition, as its first key names it: {@code segment}, {@code group}, {@code trait}, {@code channel}
     * or {@code trigger}.
     */
    public String kind() {
        if (rule instanceof DefinitionRule.Group) {
            return "group";
        }
        if (rule instanceof DefinitionRule.Trait) {
            return "trait";
        }
        return rule instanceof DefinitionRule.Channel
                ? "channel"
                : rule instanceof DefinitionRule.Trigger ? "trigger" : "segment";
    }

    /** Returns whether it decides what is sent, instead of who is in a segment. */
    public boolean isAboutSending() {
        return rule instanceof DefinitionRule.Trigger || rule instanceof DefinitionRule.Channel;
    }

    /** Returns the trigger with what its channel says, which changes its version when the channel changes. */
    Definition through(Definition channel) {
        DefinitionRule.Trigger trigger = (DefinitionRule.Trigger) rule;
        DefinitionRule.Channel known = (DefinitionRule.Channel) channel.rule();
        return new Definition(
                name,
                describes,
                DefinitionVersion.of(version, channel.version),
                params,
                trigger.through(known.sending()),
                carry,
                updateCarry,
                Set.copyOf(Sets.union(references, channel.references)),
                owner,
                tags,
                sinceNow);
    }

    /** Returns name and version, which identify the definition. */
    public String id() {
        return id(name, version);
    }

    static String id(String name, String version) {
        return name + '@' + version;
    }

    /** Returns the segments that this definition puts customers into. */
    public Set<String> segments() {
        if (rule instanceof DefinitionRule.Population || isAboutSending()) {
            return Set.of();
        }
        return rule instanceof DefinitionRule.Group group ? group.choices().keySet() : Set.of(name);
    }
}
