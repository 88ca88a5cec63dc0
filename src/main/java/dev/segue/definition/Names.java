// SPDX-License-Identifier: Apache-2.0
package dev.segue.definition;

import dev.segue.definition.language.Reference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The names and references of the documents of all files. */
final class Names {
    private final Map<String, String> places = new HashMap<>();
    private final Map<String, String> owners = new HashMap<>();
    private final Map<String, List<String>> choices = new HashMap<>();
    private final List<Reference> references = new ArrayList<>();
    private final Set<String> populations = new HashSet<>();
    private final Set<String> channels = new HashSet<>();
    private final Set<String> triggers = new HashSet<>();
    private final List<Reference> toChannels = new ArrayList<>();
    private final List<Reference> toTraits = new ArrayList<>();

    /** Claims a name; returns the place at which it is already defined, if it is. */
    Optional<String> claim(String name, String place) {
        return Optional.ofNullable(places.putIfAbsent(name, place));
    }

    /** Records a segment and the definition that decides it. */
    void segment(String name, String definition) {
        owners.putIfAbsent(name, definition);
    }

    /** Records a group, which is not a segment, and its choices, which are. */
    void group(String name, List<String> segments) {
        choices.putIfAbsent(name, List.copyOf(segments));
        segments.forEach(segment -> segment(segment, name));
    }

    /** Records the populations about which a definition asks; returns how many there are so far. */
    int populations(Set<String> more) {
        populations.addAll(more);
        return populations.size();
    }

    void channel(String name) {
        channels.add(name);
    }

    void trigger(String name) {
        triggers.add(name);
    }

    Set<String> triggers() {
        return triggers;
    }

    /** Records that a trigger uses a channel. */
    void referToChannel(Reference reference) {
        toChannels.add(reference);
    }

    /** Records that a definition needs a segment to be a trait. */
    void referToTrait(Reference reference) {
        toTraits.add(reference);
    }

    Set<String> channels() {
        return channels;
    }

    List<Reference> toChannels() {
        return toChannels;
    }

    List<Reference> toTraits() {
        return toTraits;
    }

    void refer(List<Reference> more) {
        references.addAll(more);
    }

    /** As {@link #refer}, but replaces the earlier references of one definition. */
    void replaceReferences(String definition, List<Reference> more) {
        references.removeIf(reference -> reference.from().equals(definition));
        refer(more);
    }

    /** Returns the definition that decides each segment, by the segment's name. */
    Map<String, String> owners() {
        return owners;
    }

    /** Returns the choices of each group, by the group's name. */
    Map<String, List<String>> choices() {
        return choices;
    }

    List<Reference> references() {
        return references;
    }
}
