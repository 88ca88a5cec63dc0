// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;

/** Kafka's own authorizer, which records the permissions that the user {@code segue} used. */
public final class RecordingAuthorizer extends StandardAuthorizer {
    private static final Set<Used> USED = ConcurrentHashMap.newKeySet();

    /** A permission that was used. */
    record Used(ResourceType type, String name, AclOperation operation) {}

    static Set<Used> used() {
        return USED;
    }

    @Override
    public List<AuthorizationResult> authorize(AuthorizableRequestContext context, List<Action> actions) {
        List<AuthorizationResult> results = super.authorize(context, actions);
        for (int number = 0; number < actions.size(); number++) {
            Action action = actions.get(number);
            // A client that only asks about its permissions is not logged.
            if (context.principal().getName().equals(SecureBroker.USER)
                    && results.get(number) == AuthorizationResult.ALLOWED
                    && action.logIfAllowed()) {
                USED.add(new Used(
                        action.resourcePattern().resourceType(),
                        action.resourcePattern().name(),
                        action.operation()));
            }
        }
        return results;
    }
}
