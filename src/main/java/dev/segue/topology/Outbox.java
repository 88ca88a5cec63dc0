// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import dev.segue.config.TopicNames;
import dev.segue.event.BadRecord;
import dev.segue.event.Change;
import dev.segue.event.CustomerProfile;
import dev.segue.event.TriggerDecision;
import dev.segue.plan.state.Limit;
import dev.segue.serde.output.ChangeCodec;
import dev.segue.serde.output.MembershipEncoder;
import dev.segue.serde.output.PopulationReport;
import dev.segue.serde.output.PopulationReportCodec;
import dev.segue.serde.output.ProfileEncoder;
import dev.segue.serde.output.SessionEncoder;
import dev.segue.serde.output.TriggerDecisionCodec;
import dev.segue.serde.registry.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Turns the results of the segmenter into records of the output topics. */
final class Outbox {
    private final Codecs codecs;
    private final Counters counters;
    private final ProcessorContext<byte[], Outgoing> context;
    private final int partition;

    Outbox(Codecs codecs, Counters counters, ProcessorContext<byte[], Outgoing> context) {
        this.codecs = codecs;
        this.counters = counters;
        this.context = context;
        this.partition = context.taskId().partition();
    }

    /** The codecs of the outputs. */
    record Codecs(
            ChangeCodec changes,
            TriggerDecisionCodec decisions,
            MembershipEncoder memberships,
            ProfileEncoder profiles,
            SessionEncoder sessions,
            PopulationReportCodec populations) {
        static Codecs of(SchemaRegistry registry, TopicNames topics) {
            return new Codecs(
                    new ChangeCodec(registry, topics.changes()),
                    new TriggerDecisionCodec(registry, topics.activations()),
                    new MembershipEncoder(registry, topics.memberships()),
                    new ProfileEncoder(registry, topics.profiles()),
                    new SessionEncoder(registry, topics.sessions()),
                    new PopulationReportCodec(registry, topics.population()));
        }
    }

    /**
     * Sends the changes of one evaluation in order, then their results: one membership (or tombstone) for every changed
     * segment, and the profile (or, for a customer who is gone, a tombstone).
     *
     * @param timestamp of the records, in milliseconds since the epoch
     */
    void send(byte[] customer, Outcome outcome, long timestamp) {
        if (!outcome.changes().isEmpty() || outcome.profile() != null || outcome.isGone()) {
            send(customer, outcome, Set.of(), timestamp);
        }
    }

    /**
     * As {@link #send(byte[], Outcome, long)}, even without changes.
     *
     * @param others segments whose memberships changed although no change was published
     */
    void send(byte[] customer, Outcome outcome, Set<String> others, long timestamp) {
        Set<String> segments = new LinkedHashSet<>(others);
        for (Change change : outcome.changes()) {
            segments.add(change.segment());
            forward(customer, encode(change), timestamp, Nodes.CHANGES);
        }
        CustomerProfile profile = outcome.profile();
        sendMemberships(customer, segments, profile == null ? List.of() : profile.memberships(), timestamp);
        byte[] last = profile == null ? null : codecs.profiles().encode(profile);
        forward(customer, last, timestamp, Nodes.PROFILES);
    }

    /** Sends what triggers have decided, in order. */
    void sendDecisions(byte[] customer, List<TriggerDecision> decisions, long timestamp) {
        for (TriggerDecision decision : decisions) {
            counters.decision(decision);
            forward(customer, encode(decision), timestamp, Nodes.ACTIVATIONS);
        }
    }

    /** Sends the sessions that have ended. */
    void sendSessions(byte[] customer, Visits.Seen seen, long timestamp) {
        for (Visits.Ended ended : seen.ended()) {
            counters.session();
            String id = new String(customer, StandardCharsets.UTF_8);
            forward(customer, codecs.sessions().encode(id, ended.session(), ended.number()), timestamp, Nodes.SESSIONS);
        }
    }

    /** @param timestamp the clock, in milliseconds since the epoch */
    void sendCounts(PopulationReport report, long timestamp) {
        byte[] value = codecs.populations().encode(report);
        context.forward(new Record<>(null, Outgoing.anywhere(value), timestamp), Nodes.POPULATION_COUNTS);
    }

    /** Shortens a change that no record can carry; otherwise it would block the partition for ever. */
    private byte[] encode(Change change) {
        byte[] encoded = codecs.changes().encode(change);
        if (encoded.length <= ChangeCodec.MOST_BYTES) {
            return encoded;
        }
        counters.limit(Limit.CHANGE_BYTES);
        return codecs.changes().encode(change.brief());
    }

    /** As {@link #encode(Change)}: without its data, a letter can still say to whom and why it was to be sent. */
    private byte[] encode(TriggerDecision decision) {
        byte[] encoded = codecs.decisions().encode(decision);
        if (encoded.length <= ChangeCodec.MOST_BYTES) {
            return encoded;
        }
        counters.limit(Limit.DECISION_BYTES);
        return codecs.decisions().encode(decision.withoutPayload());
    }

    /** @param refusedAt the clock, in milliseconds since the epoch */
    void sendDeadLetter(Record<byte[], byte[]> record, BadRecord bad, RecordMetadata origin, long refusedAt) {
        context.forward(DeadLetter.of(record, bad, origin, refusedAt), Nodes.DEAD_LETTERS);
    }

    private void sendMemberships(
            byte[] customer, Set<String> segments, List<CustomerProfile.Membership> memberships, long timestamp) {
        String id = new String(customer, StandardCharsets.UTF_8);
        Map<String, CustomerProfile.Membership> now = new HashMap<>();
        memberships.forEach(membership -> now.put(membership.segment(), membership));
        for (String segment : segments) {
            byte[] key = (id + '|' + segment).getBytes(StandardCharsets.UTF_8);
            CustomerProfile.Membership membership = now.get(segment);
            byte[] value = membership == null ? null : codecs.memberships().encode(id, membership);
            forward(key, value, timestamp, Nodes.MEMBERSHIPS);
        }
    }

    private void forward(byte[] key, byte @Nullable [] value, long timestamp, String sink) {
        context.forward(new Record<>(key, Outgoing.to(partition, value), timestamp), sink);
    }
}
