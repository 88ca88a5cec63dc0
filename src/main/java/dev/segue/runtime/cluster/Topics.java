// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.cluster;

import dev.segue.config.Settings;
import dev.segue.runtime.cluster.TopicLayout.Split;
import dev.segue.runtime.cluster.TopicLayout.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates missing topics and checks existing ones. */
public final class Topics {
    private static final Logger LOG = LoggerFactory.getLogger(Topics.class);

    private static final int LOOKS = 100;
    private static final long PAUSE_MILLIS = 100;

    private final Admin admin;
    private final Settings settings;
    private final TopicLayout layout;
    private int found;

    public Topics(Admin admin, Settings settings) {
        this.admin = admin;
        this.settings = settings;
        this.layout = TopicLayout.of(settings);
    }

    /**
     * @return the number of partitions of the topics that are split by customer
     * @throws CannotStart naming every topic that is not configured as required
     * @throws ExecutionException if the broker cannot be queried
     */
    public int createOrCheck() throws ExecutionException, InterruptedException {
        for (int look = 1; !createOrCheckOnce(); look++) {
            if (look == LOOKS) {
                throw new CannotStart(
                        "The broker is still creating topics and does not list them yet. Start again in a moment.");
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        return found;
    }

    /**
     * Returns false if a topic was created meanwhile, by another instance or a person: its configuration must then be
     * checked.
     */
    private boolean createOrCheckOnce() throws ExecutionException, InterruptedException {
        Map<String, Integer> existing = partitionsOfExisting();
        int partitions = partitionsByCustomer(existing);
        found = partitions;
        List<String> problems = new ArrayList<>();
        checkSingles(existing, problems);
        checkPolicies(existing, problems);
        new Changelog(admin, settings).check(problems);
        if (!problems.isEmpty()) {
            throw new CannotStart(String.join(" ", problems));
        }
        List<NewTopic> missing = missing(existing, partitions);
        // A broker may not list a new topic yet. A dry run first reports existing topics before anything is half done.
        return missing.isEmpty() || (create(missing, true) && create(missing, false));
    }

    private Map<String, Integer> partitionsOfExisting() throws ExecutionException, InterruptedException {
        Map<String, Integer> existing = new TreeMap<>();
        var answers = admin.describeTopics(
                        layout.topics().stream().map(Wanted::name).toList())
                .topicNameValues();
        for (var answer : answers.entrySet()) {
            try {
                existing.put(
                        answer.getKey(), answer.getValue().get().partitions().size());
            } catch (ExecutionException failure) {
                if (!(failure.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw failure;
                }
            }
        }
        return existing;
    }

    /** Returns the number that all existing topics share; the setting counts only if there are none. */
    private int partitionsByCustomer(Map<String, Integer> existing) {
        Map<String, Integer> found = layout.topics().stream()
                .filter(topic -> topic.split() == Split.BY_CUSTOMER && existing.containsKey(topic.name()))
                .collect(
                        Collectors.toMap(Wanted::name, topic -> existing.get(topic.name()), (a, b) -> a, TreeMap::new));
        TreeSet<Integer> different = new TreeSet<>(found.values());
        if (different.size() > 1) {
            throw new CannotStart("Topics that are split by customer must have the same number of partitions, but "
                    + found.entrySet().stream()
                            .map(topic -> topic.getKey() + " has " + topic.getValue())
                            .collect(Collectors.joining(", "))
                    + ". Recreate the ones that differ, or set other names under 'topics'.");
        }
        int wanted = settings.topics().partitions();
        if (!different.isEmpty() && different.first() != wanted) {
            LOG.warn(
                    "topics.partitions is {}, but the existing topics have {} partitions; {} is used",
                    wanted,
                    different.first(),
                    different.first());
        }
        return different.isEmpty() ? wanted : different.first();
    }

    private void checkSingles(Map<String, Integer> existing, List<String> problems) {
        for (Wanted topic : layout.topics()) {
            int partitions = existing.getOrDefault(topic.name(), 1);
            if (topic.split() == Split.SINGLE && partitions != 1) {
                problems.add("Topic " + topic.name() + " must have 1 partition, but has " + partitions
                        + ": its records need one order for the whole cluster. Recreate it, or set another name.");
            }
        }
    }

    private void checkPolicies(Map<String, Integer> existing, List<String> problems)
            throws ExecutionException, InterruptedException {
        List<ConfigResource> resources = existing.keySet().stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        Map<ConfigResource, KafkaFuture<Config>> answers =
                admin.describeConfigs(resources).values();
        for (Wanted topic : layout.topics()) {
            if (!existing.containsKey(topic.name())) {
                continue;
            }
            Config config = answers.get(new ConfigResource(ConfigResource.Type.TOPIC, topic.name()))
                    .get();
            checkPolicy(topic, config, problems);
            warnOfTimestamps(topic, config);
            warnOfCompression(topic, config);
        }
    }

    private static void checkPolicy(Wanted topic, Config config, List<String> problems) {
        String policy = config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
        boolean right = topic.compacted()
                ? policy.equals(TopicConfig.CLEANUP_POLICY_COMPACT)
                : policy.equals(TopicConfig.CLEANUP_POLICY_DELETE);
        if (!right) {
            String must = topic.compacted() ? "compact" : "delete";
            problems.add("Topic " + topic.name() + " must have " + TopicConfig.CLEANUP_POLICY_CONFIG + "=" + must
                    + ", but has " + policy + ". Mend it: kafka-configs.sh --alter --topic " + topic.name()
                    + " --add-config " + TopicConfig.CLEANUP_POLICY_CONFIG + "=" + must + ".");
        }
    }

    /**
     * A shop's own topic may keep its configuration, but its producers' clocks can then reach further into the future.
     */
    private static void warnOfTimestamps(Wanted topic, Config config) {
        String key = TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG;
        String most = topic.properties().get(key);
        if (most != null && Long.parseLong(config.get(key).value()) > Long.parseLong(most)) {
            LOG.warn(
                    "topic {} has {}={}: a wrong clock can move a customer's time that far ahead. Mend it:"
                            + " kafka-configs.sh --alter --topic {} --add-config {}={}",
                    topic.name(),
                    key,
                    config.get(key).value(),
                    topic.name(),
                    key,
                    most);
        }
    }

    /** A topic of an earlier version, or of a shop that has chosen otherwise. */
    private static void warnOfCompression(Wanted topic, Config config) {
        String key = TopicConfig.COMPRESSION_TYPE_CONFIG;
        String wanted = topic.properties().get(key);
        String found = config.get(key).value();
        if (wanted != null && !wanted.equals(found)) {
            LOG.warn(
                    "topic {} has {}={}, not {} as topics.compression says: clients without that codec cannot read it."
                            + " Mend it: kafka-configs.sh --alter --topic {} --add-config {}={}; or change the setting",
                    topic.name(),
                    key,
                    found,
                    wanted,
                    topic.name(),
                    key,
                    wanted);
        }
    }

    private List<NewTopic> missing(Map<String, Integer> existing, int partitions) {
        int replicas = settings.topics().replicationFactor();
        return layout.topics().stream()
                .filter(topic -> !existing.containsKey(topic.name()))
                .map(topic -> new NewTopic(
                                topic.name(),
                                Optional.of(topic.split() == Split.SINGLE ? 1 : partitions),
                                replicas < 0 ? Optional.empty() : Optional.of((short) replicas))
                        .configs(topic.properties()))
                .toList();
    }

    /** @return false if one of them already exists */
    private boolean create(List<NewTopic> missing, boolean validateOnly)
            throws ExecutionException, InterruptedException {
        boolean allNew = true;
        CreateTopicsOptions options = new CreateTopicsOptions().validateOnly(validateOnly);
        for (var answer : admin.createTopics(missing, options).values().entrySet()) {
            try {
                answer.getValue().get();
                if (!validateOnly) {
                    LOG.info("created topic {}", answer.getKey());
                }
            } catch (ExecutionException failure) {
                if (!(failure.getCause() instanceof TopicExistsException)) {
                    throw failure;
                }
                allNew = false;
            }
        }
        return allNew;
    }
}
