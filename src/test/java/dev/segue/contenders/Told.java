package dev.segue.contenders;

import dev.segue.event.Change;
import dev.segue.serde.BadRecord;
import dev.segue.serde.ChangeCodec;
import dev.segue.serde.DirectorySchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** The changes that a contender has told so far, as a read_committed reader sees them. */
final class Told implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final ChangeCodec codec;
    private final boolean segue;
    private final Answers answers = new Answers();

    /** @param segue whether they are Segue's own records; all others write lines of text (see {@link ChangeText}) */
    Told(Stage stage, String topic, boolean segue) {
        this.segue = segue;
        this.codec = new ChangeCodec(new DirectorySchemaRegistry(stage.registry()), topic);
        this.consumer = stage.consumer();
        var partitions = Stage.partitions(consumer, topic);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Whether there was something new. */
    boolean readOn() throws BadRecord {
        boolean any = false;
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
            any = true;
            if (segue) {
                Change change = codec.decode(record.value());
                answers.add(
                        change.customerId(),
                        change.segment(),
                        change.kind().name(),
                        change.effectiveAt().toEpochMilli());
            } else {
                ChangeText change = ChangeText.parse(new String(record.value(), StandardCharsets.UTF_8));
                answers.add(change.customer(), change.segment(), change.kind(), change.effectiveAt());
            }
        }
        return any;
    }

    Answers answers() {
        return answers;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
