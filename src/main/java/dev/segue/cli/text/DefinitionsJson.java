// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli.text;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.segue.definition.Definition;
import dev.segue.definition.DefinitionRule;
import dev.segue.definition.Param;
import dev.segue.definition.language.Expression.Literal;
import dev.segue.serde.event.JsonLines;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Writes definitions as a JSON array, one per line: names and params, without the conditions. */
public final class DefinitionsJson {
    private DefinitionsJson() {}

    public static String write(List<Definition> definitions) {
        return definitions.stream().map(DefinitionsJson::write).collect(Collectors.joining(",\n", "[\n", "\n]"));
    }

    private static String write(Definition definition) {
        return JsonLines.write(json -> {
            json.writeStartObject();
            json.writeStringField("name", definition.name());
            json.writeStringField("kind", definition.kind());
            json.writeStringField("describes", definition.describes());
            json.writeStringField("version", definition.version());
            json.writeStringField("owner", definition.owner());
            writeTexts(json, "tags", definition.tags());
            if (definition.rule() instanceof DefinitionRule.Group group) {
                writeTexts(json, "choices", group.choices().keySet());
            }
            if (definition.rule() instanceof DefinitionRule.Trigger trigger) {
                json.writeStringField("segment", trigger.segment());
                json.writeStringField("change", trigger.on().name());
                json.writeStringField("channel", trigger.channelName());
            }
            json.writeArrayFieldStart("params");
            for (var param : definition.params().entrySet()) {
                write(json, param.getKey(), param.getValue());
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, String name, Param param) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", name);
        json.writeStringField("kind", param.kind());
        write(json, "value", param.inForce());
        write(json, "value_in_file", param.inFile());
        if (param.overriddenAt() != null) {
            json.writeStringField("overridden_at", param.overriddenAt());
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String key, Literal literal) throws IOException {
        json.writeObjectField(key, literal.value());
    }

    private static void writeTexts(JsonGenerator json, String key, Collection<String> texts) throws IOException {
        json.writeArrayFieldStart(key);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }
}
