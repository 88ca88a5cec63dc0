// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.registry;

import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;

/** Keeps schemas in memory, counts requests, and can be disconnected. */
public final class MemorySchemaRegistry implements SchemaRegistry {
    private final Map<Integer, Schema> schemas = new HashMap<>();
    private final Map<String, Integer> subjects = new HashMap<>();
    public int asked;
    public boolean reachable = true;

    @Override
    public int register(String subject, Schema schema) {
        count();
        int id = schemas.entrySet().stream()
                .filter(entry -> entry.getValue().toString().equals(schema.toString()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(schemas.size() + 1);
        schemas.put(id, schema);
        subjects.put(subject, id);
        return id;
    }

    @Override
    public Schema byId(int id) {
        count();
        Schema schema = schemas.get(id);
        if (schema == null) {
            throw new RegistryException.NotFound("no id " + id);
        }
        return schema;
    }

    @Override
    public Registered latest(String subject) {
        count();
        Integer id = subjects.get(subject);
        if (id == null) {
            throw new RegistryException.NotFound("no subject " + subject);
        }
        return new Registered(id, schemas.get(id));
    }

    private void count() {
        asked++;
        if (!reachable) {
            throw new RegistryException.Unreachable("cut off");
        }
    }
}
