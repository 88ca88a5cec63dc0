// SPDX-License-Identifier: Apache-2.0
package dev.segue.collector;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body as it arrives. What is not wanted of it is read too, within limits, and thrown away: a client that is still
 * sending when the connection closes may never see why it was refused.
 */
final class BodyReader implements Runnable {
    /** The most bytes that are read, wanted or not. */
    static final long LONGEST = 8L * RequestText.LONGEST;

    private final Request request;
    private final int wanted;
    private final Consumer<BodyReader> then;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private long length;
    private boolean isWhole;
    private @Nullable Throwable failure;

    private BodyReader(Request request, int wanted, Consumer<BodyReader> then) {
        this.request = request;
        this.wanted = wanted;
        this.then = then;
    }

    /**
     * Reads to the end, or until that would be too long.
     *
     * @param wanted the most bytes that are kept
     * @param then is called once, by this thread or by one that receives
     */
    static void read(Request request, int wanted, Consumer<BodyReader> then) {
        new BodyReader(request, wanted, then).run();
    }

    /** What was kept. */
    byte[] kept() {
        return kept.toByteArray();
    }

    /** Whether there was more than was wanted. */
    boolean isTooLong() {
        return length > wanted;
    }

    /** Whether nothing is left of the body. */
    boolean isWhole() {
        return isWhole;
    }

    /** What prevented reading on; null if nothing did. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /** Reads what has arrived, and goes on when there is more. */
    @Override
    public void run() {
        while (true) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                failure = chunk.getFailure();
            } else {
                take(chunk.getByteBuffer());
            }
            isWhole = failure == null && chunk.isLast();
            chunk.release();
            if (failure != null || isWhole || length > LONGEST) {
                then.accept(this);
                return;
            }
        }
    }

    private void take(ByteBuffer bytes) {
        int room = (int) Math.max(0, wanted - length);
        length += bytes.remaining();
        if (room > 0) {
            ByteBuffer first = bytes.slice(bytes.position(), Math.min(room, bytes.remaining()));
            kept.writeBytes(BufferUtil.toArray(first));
        }
    }
}
