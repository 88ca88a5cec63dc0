// SPDX-License-Identifier: Apache-2.0
package dev.segue.runtime.operate;

import dev.segue.config.Settings;
import dev.segue.config.TopicNames;
import dev.segue.runtime.cluster.CannotStart;
import dev.segue.runtime.cluster.Failures;
import dev.segue.runtime.cluster.StreamsProperties;
import dev.segue.topology.SegueTopology;
import dev.segue.value.CountText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Returns a processor to the state before its first start: deletes its state and keeps what others wrote or read. The
 * next start counts every retained event again.
 */
public final class Reset {
    private final Settings settings;

    public Reset(Settings settings) {
        this.settings = settings;
    }

    /**
     * The effects of a reset, in lines of text.
     *
     * @param deletes empty if there is nothing left to delete
     * @param keeps the topics that stay, with their sizes
     */
    public record Outlook(List<String> deletes, List<String> keeps) {}

    /** @throws CannotStart if an instance is running, or the cluster cannot be used */
    public Outlook look() throws InterruptedException {
        return withAdmin(admin -> {
            requireNoInstance(admin);
            List<String> deletes = new ArrayList<>();
            String changelog = changelog();
            records(admin, changelog)
                    .ifPresent(
                            records -> deletes.add("topic " + changelog + ", the state of all customers: " + records));
            String windows = statisticsChangelog();
            records(admin, windows)
                    .ifPresent(records -> deletes.add("topic " + windows + ", the windows of statistics: " + records));
            String population = populationChangelog();
            records(admin, population)
                    .ifPresent(records ->
                            deletes.add("topic " + population + ", the customers in each bucket: " + records));
            TopicNames names = settings.topics().names();
            addInternal(admin, names.population(), "customers in buckets, of each partition", deletes);
            addInternal(admin, names.transfers(), "what ids of one person sent each other", deletes);
            addInternal(admin, names.statisticsParts(), "counts to be added up", deletes);
            if (Files.isDirectory(localState())) {
                deletes.add(describeLocalState());
            }
            int offsets = committed(admin);
            if (offsets > 0) {
                deletes.add("group " + settings.applicationId() + ", the committed offsets: "
                        + CountText.of(offsets, "partition"));
            }
            return new Outlook(deletes, keeps(admin));
        });
    }

    private static void addInternal(Admin admin, String topic, String content, List<String> deletes)
            throws ExecutionException, InterruptedException {
        records(admin, topic)
                .filter(records -> !records.endsWith("most 0 records"))
                .ifPresent(records -> deletes.add(
                        "topic " + topic + ", " + content + ": " + records + "; the next start sends it again"));
    }

    /**
     * Deletes the state. The committed offsets go last, so that after an interrupted reset the processor does not look
     * like one that has merely lost its state.
     *
     * @throws CannotStart if an instance is running, or something could not be deleted; then some of it may be gone,
     *     and another reset deletes the rest
     */
    public void run() throws InterruptedException {
        boolean unused = withAdmin(admin -> {
            requireNoInstance(admin);
            for (String changelog : List.of(changelog(), statisticsChangelog(), populationChangelog())) {
                tolerate(admin.deleteTopics(List.of(changelog)).all(), UnknownTopicOrPartitionException.class);
            }
            deleteLocalState();
            deleteRecords(admin, settings.topics().names().transfers());
            deleteRecords(admin, settings.topics().names().statisticsParts());
            deleteRecords(admin, settings.topics().names().population());
            tolerate(
                    admin.deleteConsumerGroups(List.of(settings.applicationId()))
                            .all(),
                    GroupIdNotFoundException.class);
            return true;
        });
    }

    /** Otherwise the next start would count what is in them twice. */
    private static void deleteRecords(Admin admin, String topic) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        try {
            admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .forEach(partition -> ends.put(partition, OffsetSpec.latest()));
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof UnknownTopicOrPartitionException) {
                return;
            }
            throw failure;
        }
        Map<TopicPartition, RecordsToDelete> deleted = new HashMap<>();
        admin.listOffsets(ends)
                .all()
                .get()
                .forEach((partition, end) -> deleted.put(partition, RecordsToDelete.beforeOffset(end.offset())));
        admin.deleteRecords(deleted).all().get();
    }

    private String changelog() {
        return SegueTopology.changelog(settings.applicationId());
    }

    private String statisticsChangelog() {
        return SegueTopology.statisticsChangelog(settings.applicationId());
    }

    private String populationChangelog() {
        return SegueTopology.populationChangelog(settings.applicationId());
    }

    /** The directory of this application's local state. */
    private Path localState() {
        return settings.processing().stateDirectory().resolve(settings.applicationId());
    }

    private void requireNoInstance(Admin admin) throws ExecutionException, InterruptedException {
        Collection<MemberDescription> members;
        try {
            String group = settings.applicationId();
            members = admin.describeConsumerGroups(List.of(group))
                    .describedGroups()
                    .get(group)
                    .get()
                    .members();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof GroupIdNotFoundException) {
                return;
            }
            throw failure;
        }
        if (!members.isEmpty()) {
            String where = members.stream()
                    .map(MemberDescription::host)
                    .distinct()
                    .sorted()
                    .collect(Collectors.joining(", "));
            throw new CannotStart("The processor '" + settings.applicationId() + "' is running, with " + members.size()
                    + " threads at " + where
                    + ". Stop every instance (SIGTERM), then reset. A killed or failed instance counts as running"
                    + " until its session expires, after 10 s by default.");
        }
    }

    private int committed(Admin admin) throws ExecutionException, InterruptedException {
        try {
            return admin.listConsumerGroupOffsets(settings.applicationId())
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .size();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof GroupIdNotFoundException) {
                return 0;
            }
            throw failure;
        }
    }

    private List<String> keeps(Admin admin) throws ExecutionException, InterruptedException {
        TopicNames names = settings.topics().names();
        Map<String, String> topics = new LinkedHashMap<>();
        topics.put(names.behaviorEvents(), "the next start counts them from the first one");
        topics.put(names.control(), "the ticks, which are read again");
        topics.put(names.definitions(), "the next start evaluates the latest published set");
        topics.put(names.changes(), "changes are appended again, with the same change_id");
        topics.put(names.activations(), "decisions are appended again, with the same decision_id");
        topics.put(names.memberships(), "rewritten; those whose events are gone stay as they are");
        topics.put(names.profiles(), "like the memberships");
        topics.put(names.statistics(), "rewritten; windows whose events are gone stay as they are");
        topics.put(names.sessions(), "sessions are appended again, with the same session_id");
        topics.put(names.deadLetters(), "bad records that are still retained are appended again");
        List<String> keeps = new ArrayList<>();
        for (Map.Entry<String, String> topic : topics.entrySet()) {
            records(admin, topic.getKey())
                    .ifPresent(
                            records -> keeps.add("topic " + topic.getKey() + ": " + records + "; " + topic.getValue()));
        }
        return keeps;
    }

    /** Computed from offsets, which include transaction markers and compacted records. */
    private static Optional<String> records(Admin admin, String topic) throws ExecutionException, InterruptedException {
        List<TopicPartition> partitions;
        try {
            partitions = admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw failure;
        }
        long records =
                offsets(admin, partitions, OffsetSpec.latest()) - offsets(admin, partitions, OffsetSpec.earliest());
        return Optional.of(
                CountText.of(partitions.size(), "partition") + " with at most " + CountText.of(records, "record"));
    }

    private static long offsets(Admin admin, List<TopicPartition> partitions, OffsetSpec which)
            throws ExecutionException, InterruptedException {
        return admin
                .listOffsets(partitions.stream().collect(Collectors.toMap(Function.identity(), any -> which)))
                .all()
                .get()
                .values()
                .stream()
                .mapToLong(found -> found.offset())
                .sum();
    }

    private String describeLocalState() {
        try (Stream<Path> all = Files.walk(localState())) {
            List<Path> files = all.filter(Files::isRegularFile).toList();
            long bytes = 0;
            for (Path file : files) {
                bytes += Files.size(file);
            }
            return String.format(
                    Locale.ROOT,
                    "directory %s on this machine: %s, %.1f MiB",
                    localState(),
                    CountText.of(files.size(), "file"),
                    bytes / 1048576.0);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void deleteLocalState() {
        if (!Files.isDirectory(localState())) {
            return;
        }
        try (Stream<Path> all = Files.walk(localState())) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void tolerate(KafkaFuture<Void> deletion, Class<? extends Exception> goneAlready)
            throws ExecutionException, InterruptedException {
        try {
            deletion.get();
        } catch (ExecutionException failure) {
            if (!goneAlready.isInstance(failure.getCause())) {
                throw failure;
            }
        }
    }

    private interface Question<T> {
        T ask(Admin admin) throws ExecutionException, InterruptedException;
    }

    private <T> T withAdmin(Question<T> question) throws InterruptedException {
        try (Admin admin = Admin.create(StreamsProperties.administration(settings))) {
            return question.ask(admin);
        } catch (ExecutionException | KafkaException failure) {
            throw Failures.atStart(
                    failure,
                    settings.bootstrapServers(),
                    settings.processing().startPatience().toSeconds());
        } catch (UncheckedIOException failure) {
            throw new CannotStart(
                    "The local state in '" + localState() + "' cannot be read or deleted: " + failure.getCause()
                            + ". Delete that directory, and reset again before the next start.",
                    failure);
        }
    }
}
