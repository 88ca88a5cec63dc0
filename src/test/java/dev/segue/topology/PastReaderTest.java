// SPDX-License-Identifier: Apache-2.0
package dev.segue.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.config.ErasureSettings;
import dev.segue.config.LimitSettings;
import dev.segue.definition.DefinitionReader;
import dev.segue.definition.DefinitionText;
import dev.segue.plan.Plan;
import dev.segue.serde.event.EventDecoder;
import dev.segue.serde.event.EventSchemas;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PastReaderTest {
    private static final int LOOKS = 3;

    @TempDir
    Path directory;

    private final Log log = new Log();
    private PastReader reader;

    @BeforeEach
    void open() throws Exception {
        EventSchemas schemas = EventSchemas.read(Path.of("schemas", "events"));
        Plan plan = Plan.compile(
                new DefinitionReader(schemas.vocabulary())
                        .read(List.of(new DefinitionText("quiet.yaml", TopologyScenario.QUIET))),
                schemas.vocabulary());
        reader = new PastReader(
                plan,
                log,
                0,
                new Admission(
                        new EventDecoder(schemas, new DirectorySchemaRegistry(directory)), LimitSettings.defaults()),
                new PastReader.Erasures(ErasureSettings.defaults(), new ErasedCustomers.Known(Map.of(), new byte[0])),
                new NobodyLinked(),
                effects -> {},
                new FillProgress(System::nanoTime));
    }

    @Test
    void waitsWhileMoreThanTenThousandLiveEventsAreBehind() throws Exception {
        log.end = 10_102;
        reader.processed(101);
        reader.begin();
        Thread background = new Thread(reader);
        background.start();
        assertThat(log.looks.await(1, TimeUnit.MINUTES))
                .as("looked again and again")
                .isTrue();
        assertThat(log.position).isZero();
        assertThat(reader.isRunning()).isTrue();
        // One event fewer is behind.
        reader.processed(102);
        background.join(TimeUnit.MINUTES.toMillis(1));
        assertThat(reader.isRunning()).isFalse();
        assertThat(log.position).isEqualTo(103);
        assertThat(reader.left()).isZero();
    }

    @Test
    void stopsWhileItWaits() throws Exception {
        log.end = 20_000;
        reader.processed(101);
        reader.begin();
        Thread background = new Thread(reader);
        background.start();
        assertThat(log.looks.await(1, TimeUnit.MINUTES)).isTrue();
        reader.close();
        background.join(TimeUnit.MINUTES.toMillis(1));
        assertThat(reader.isRunning()).isFalse();
        assertThat(log.isClosed).isTrue();
        assertThat(log.position).isZero();
    }

    /** Offsets without records. */
    private static final class Log implements PastLog, PastLog.Partition {
        private final CountDownLatch looks = new CountDownLatch(LOOKS);
        private volatile long end;
        private volatile long position;
        private volatile boolean isClosed;

        @Override
        public Partition open(int partition) {
            return this;
        }

        @Override
        public Overflow overflow(int partition) {
            throw new AssertionError("there are no customers");
        }

        @Override
        public long committed() {
            return 0;
        }

        @Override
        public boolean isShortened() {
            return false;
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public long end() {
            looks.countDown();
            return end;
        }

        @Override
        public List<ConsumerRecord<byte[], byte[]>> read(long upTo) {
            position = upTo + 1;
            return List.of();
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }

    private static final class NobodyLinked implements PastReader.Belonging {
        @Override
        public boolean isLinked(byte[] id) {
            return false;
        }

        @Override
        public boolean isElsewhere(ConsumerRecord<byte[], byte[]> event) {
            return false;
        }
    }
}
