// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import dev.segue.avro.Activation;
import dev.segue.avro.Arm;
import dev.segue.avro.ArmCounts;
import dev.segue.avro.CartLine;
import dev.segue.avro.Cause;
import dev.segue.avro.CauseKind;
import dev.segue.avro.ChangeKind;
import dev.segue.avro.Claim;
import dev.segue.avro.Control;
import dev.segue.avro.CustomerProfile;
import dev.segue.avro.CustomerSession;
import dev.segue.avro.Decision;
import dev.segue.avro.DecisionCounts;
import dev.segue.avro.DefinitionRecord;
import dev.segue.avro.Evidence;
import dev.segue.avro.FormCounts;
import dev.segue.avro.Forward;
import dev.segue.avro.KnownFacts;
import dev.segue.avro.KnownVariant;
import dev.segue.avro.Membership;
import dev.segue.avro.Moment;
import dev.segue.avro.Move;
import dev.segue.avro.PageCounts;
import dev.segue.avro.Past;
import dev.segue.avro.PopulationCounts;
import dev.segue.avro.PopulationCuts;
import dev.segue.avro.ProductCounts;
import dev.segue.avro.ProductFacts;
import dev.segue.avro.ProductVariant;
import dev.segue.avro.PublishedDefinition;
import dev.segue.avro.PublishedSet;
import dev.segue.avro.Reading;
import dev.segue.avro.Release;
import dev.segue.avro.SegmentChange;
import dev.segue.avro.SegmentCounts;
import dev.segue.avro.Sent;
import dev.segue.avro.Statistic;
import dev.segue.avro.StatisticKind;
import dev.segue.avro.StatisticWindow;
import dev.segue.avro.StayCount;
import dev.segue.avro.Totals;
import dev.segue.avro.Transfer;
import dev.segue.avro.TriggerCounts;
import dev.segue.avro.TriggerDecision;
import dev.segue.avro.Value;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.specific.SpecificData;

/**
 * The generated classes, by the names of their schemas. Avro would load any class that a schema names, and since 1.12.2
 * rejects classes that the process has not declared trusted; a closed list avoids both.
 */
public final class OutputClasses extends SpecificData {
    private static final Map<String, Class<?>> CLASSES = List.of(
                    Activation.class,
                    Arm.class,
                    ArmCounts.class,
                    CartLine.class,
                    Cause.class,
                    CauseKind.class,
                    Claim.class,
                    ChangeKind.class,
                    Control.class,
                    CustomerProfile.class,
                    CustomerSession.class,
                    Decision.class,
                    DecisionCounts.class,
                    DefinitionRecord.class,
                    Evidence.class,
                    FormCounts.class,
                    Forward.class,
                    KnownFacts.class,
                    KnownVariant.class,
                    Membership.class,
                    Moment.class,
                    Move.class,
                    Past.class,
                    PageCounts.class,
                    PopulationCounts.class,
                    PopulationCuts.class,
                    ProductCounts.class,
                    ProductFacts.class,
                    ProductVariant.class,
                    PublishedDefinition.class,
                    PublishedSet.class,
                    Reading.class,
                    Release.class,
                    SegmentChange.class,
                    Sent.class,
                    SegmentCounts.class,
                    Statistic.class,
                    StatisticKind.class,
                    StatisticWindow.class,
                    StayCount.class,
                    Totals.class,
                    Transfer.class,
                    TriggerCounts.class,
                    TriggerDecision.class,
                    Value.class)
            .stream()
            .collect(Collectors.toUnmodifiableMap(Class::getName, type -> type));

    OutputClasses() {
        addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
        addLogicalTypeConversion(new Conversions.DecimalConversion());
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class getClass(Schema schema) {
        boolean named = schema.getType() == Schema.Type.RECORD || schema.getType() == Schema.Type.ENUM;
        Class<?> type = named ? CLASSES.get(schema.getFullName()) : null;
        return type == null && !named ? super.getClass(schema) : type;
    }
}
