// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.event.BadRecord;
import dev.segue.serde.registry.DirectorySchemaRegistry;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransferCodecTest {
    @TempDir
    Path directory;

    @Test
    void decodesTransfersAsEncoded() throws Exception {
        TransferCodec codec = new TransferCodec(new DirectorySchemaRegistry(directory), "segue-transfers");
        ByteBuffer bytes = ByteBuffer.wrap(new byte[] {1, 2, 3});
        TransferRecord.Reading reading = new TransferRecord.Reading(1_000_000, 7, 23);
        for (TransferRecord.Content content : List.of(
                new TransferRecord.Claim("ann", 5, true, null),
                new TransferRecord.Claim("bj\u00f6rn", -5, false, Long.MIN_VALUE),
                new TransferRecord.Move(7, bytes, 8, 9),
                new TransferRecord.Forward(bytes, 10, null),
                new TransferRecord.Forward(bytes, 10, reading),
                new TransferRecord.Past(reading, 1, bytes),
                new TransferRecord.Sent(reading, 1, true, null),
                new TransferRecord.Done(reading),
                new TransferRecord.Sent(reading, 2, false, 0L),
                new TransferRecord.Release("d1", "bob", Long.MAX_VALUE),
                new TransferRecord.Erase(11))) {
            TransferRecord transfer = new TransferRecord(List.of("d1", "ann"), content);
            byte[] encoded = codec.encode(transfer);
            assertThat(codec.decode(encoded)).isEqualTo(transfer);
            assertThatThrownBy(() -> codec.decode(Arrays.copyOf(encoded, encoded.length - 1)))
                    .isInstanceOf(BadRecord.class);
        }
    }
}
