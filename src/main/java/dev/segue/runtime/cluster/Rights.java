// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.cluster;

import dev.segue.config.ProcessingSettings.Guarantee;
import dev.segue.config.Settings;
import dev.segue.config.TopicNames;
import dev.segue.topology.SegueTopology;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.utils.internals.SecurityUtils;
import org.jspecify.annotations.Nullable;

/**
 * Checks the Kafka permissions of the processor's user. Runs before the start, because otherwise a missing right would
 * surface only when it is first needed, perhaps days later.
 */
public final class Rights {
    static final String LIST = "The section 'Rights' of docs/operations.md lists all required rights.";

    private final Admin admin;
    private final Settings settings;
    private final List<String> missing = new ArrayList<>();

    public Rights(Admin admin, Settings settings) {
        this.admin = admin;
        this.settings = settings;
    }

    /**
     * Checks the rights on everything that exists, and the right to create the topics that do not.
     *
     * @throws CannotStart naming every missing right
     */
    public void check() throws ExecutionException, InterruptedException {
        missing.clear();
        checkTopics();
        checkGroup();
        if (settings.processing().guarantee() == Guarantee.EXACTLY_ONCE) {
            checkTransactions();
        }
        if (!missing.isEmpty()) {
            throw new CannotStart("Rights are missing at " + settings.bootstrapServers() + ": "
                    + String.join(", ", missing) + ". Grant them, for instance with kafka-acls.sh. " + LIST);
        }
    }

    private static Map<String, Set<AclOperation>> topics(Settings settings) {
        TopicNames names = settings.topics().names();
        Map<String, Set<AclOperation>> needed = new LinkedHashMap<>();
        needed.put(names.behaviorEvents(), EnumSet.of(AclOperation.READ, AclOperation.DESCRIBE_CONFIGS));
        needed.put(names.productFacts(), EnumSet.of(AclOperation.READ, AclOperation.DESCRIBE_CONFIGS));
        needed.put(names.control(), EnumSet.of(AclOperation.READ, AclOperation.WRITE, AclOperation.DESCRIBE_CONFIGS));
        needed.put(names.transfers(), EnumSet.of(AclOperation.READ, AclOperation.WRITE, AclOperation.DESCRIBE_CONFIGS));
        needed.put(
                names.population(), EnumSet.of(AclOperation.READ, AclOperation.WRITE, AclOperation.DESCRIBE_CONFIGS));
        needed.put(
                SegueTopology.populationChangelog(settings.applicationId()),
                EnumSet.of(AclOperation.READ, AclOperation.WRITE, AclOperation.DESCRIBE_CONFIGS));
        needed.put(
                names.definitions(), EnumSet.of(AclOperation.READ, AclOperation.WRITE, AclOperation.DESCRIBE_CONFIGS));
        for (String output : List.of(
                names.changes(), names.activations(), names.memberships(), names.profiles(), names.deadLetters())) {
            needed.put(output, EnumSet.of(AclOperation.WRITE, AclOperation.DESCRIBE_CONFIGS));
        }
        needed.put(
                SegueTopology.changelog(settings.applicationId()),
                EnumSet.of(AclOperation.READ, AclOperation.WRITE, AclOperation.DESCRIBE_CONFIGS));
        if (settings.statistics().enabled()) {
            needed.put(names.statistics(), EnumSet.of(AclOperation.WRITE, AclOperation.DESCRIBE_CONFIGS));
            needed.put(names.sessions(), EnumSet.of(AclOperation.WRITE, AclOperation.DESCRIBE_CONFIGS));
            needed.put(
                    names.statisticsParts(),
                    EnumSet.of(AclOperation.READ, AclOperation.WRITE, AclOperation.DESCRIBE_CONFIGS));
            needed.put(
                    SegueTopology.statisticsChangelog(settings.applicationId()),
                    EnumSet.of(AclOperation.READ, AclOperation.WRITE, AclOperation.DESCRIBE_CONFIGS));
        }
        return needed;
    }

    private void checkTopics() throws ExecutionException, InterruptedException {
        Map<String, Set<AclOperation>> needed = topics(settings);
        var answers = admin.describeTopics(
                        needed.keySet(), new DescribeTopicsOptions().includeAuthorizedOperations(true))
                .topicNameValues();
        for (var topic : needed.entrySet()) {
            String name = topic.getKey();
            Set<AclOperation> wanted = EnumSet.copyOf(topic.getValue());
            try {
                remove(wanted, answers.get(name).get().authorizedOperations());
            } catch (ExecutionException failure) {
                if (failure.getCause() instanceof UnknownTopicOrPartitionException) {
                    wanted = mayCreate(name) ? Set.of() : Set.of(AclOperation.CREATE);
                } else if (!(failure.getCause() instanceof AuthorizationException)) {
                    throw failure;
                } else if (mayDescribeConfigs(name)) {
                    wanted.remove(AclOperation.DESCRIBE_CONFIGS);
                }
            }
            wanted.forEach(operation -> miss(operation, "topic " + name));
        }
    }

    private boolean mayCreate(String topic) throws ExecutionException, InterruptedException {
        NewTopic any = new NewTopic(topic, Optional.of(1), Optional.empty());
        return isAllowed(
                admin.createTopics(List.of(any), new CreateTopicsOptions().validateOnly(true))
                        .all(),
                TopicExistsException.class);
    }

    /** The only right that does not imply the right to see the topic. */
    private boolean mayDescribeConfigs(String topic) throws ExecutionException, InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return isAllowed(admin.describeConfigs(List.of(resource)).all(), UnknownTopicOrPartitionException.class);
    }

    private void checkGroup() throws ExecutionException, InterruptedException {
        String group = settings.applicationId();
        Set<AclOperation> wanted = EnumSet.of(AclOperation.READ);
        try {
            remove(
                    wanted,
                    admin.describeConsumerGroups(
                                    List.of(group),
                                    new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true))
                            .describedGroups()
                            .get(group)
                            .get()
                            .authorizedOperations());
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof GroupIdNotFoundException) {
                return;
            }
            if (!(failure.getCause() instanceof AuthorizationException)) {
                throw failure;
            }
        }
        wanted.forEach(operation -> miss(operation, "group " + group));
    }

    /**
     * A broker describes transactions only to clients with at least the right to do so; Streams chooses the
     * transactional ids.
     */
    private void checkTransactions() throws ExecutionException, InterruptedException {
        String prefix = settings.applicationId() + "-";
        if (!isAllowed(
                admin.describeTransactions(List.of(prefix + "start")).all(), TransactionalIdNotFoundException.class)) {
            miss(AclOperation.WRITE, "every transactional id that begins with " + prefix);
        }
    }

    /** @param expected the failure that an allowed request may have */
    private static boolean isAllowed(KafkaFuture<?> answer, Class<? extends Exception> expected)
            throws ExecutionException, InterruptedException {
        try {
            answer.get();
            return true;
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof AuthorizationException) {
                return false;
            }
            if (expected.isInstance(failure.getCause())) {
                return true;
            }
            throw failure;
        }
    }

    /** @param allowed null if the broker does not report it */
    private static void remove(Set<AclOperation> wanted, @Nullable Set<AclOperation> allowed) {
        if (allowed == null) {
            wanted.clear();
        } else {
            wanted.removeAll(allowed);
        }
    }

    private void miss(AclOperation operation, String resource) {
        missing.add(SecurityUtils.operationName(operation) + " on " + resource);
    }
}
