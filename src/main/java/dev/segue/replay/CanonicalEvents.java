// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay;

import dev.segue.event.BadRecord;
import dev.segue.event.Event;
import dev.segue.replay.file.BrokenFile;
import dev.segue.replay.file.Findings;
import dev.segue.replay.file.JsonTexts;
import dev.segue.replay.file.ReadReport;
import dev.segue.replay.file.RefusedRow;
import dev.segue.serde.event.Acceptance;
import dev.segue.serde.event.EventJson;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The events of a file of canonical JSON, one per line or all in one array, in the file's order. */
final class CanonicalEvents implements EventReader {
    private final Path file;
    private final EventJson json;
    private final Acceptance acceptance;
    private final JsonTexts texts;
    private final Refusals refusals = new Refusals();
    private final Findings findings = new Findings();
    private final long now;
    private long rows;
    private long events;
    private boolean ended;
    private @Nullable String brokenOff;

    /** @param now the current time, in milliseconds since the epoch; later events are counted */
    CanonicalEvents(Path file, EventJson json, Acceptance acceptance, long now) {
        this.now = now;
        this.file = file;
        this.json = json;
        this.acceptance = acceptance;
        this.texts = JsonTexts.linesOrArray(file);
    }

    @Override
    public @Nullable Event next() {
        while (!ended) {
            String text = null;
            try {
                rows++;
                text = texts.next();
                if (text != null) {
                    Event event = json.read(text);
                    acceptance.require(event);
                    events++;
                    Ahead.note(findings, event.time(), now, texts.line());
                    return event;
                }
                end();
            } catch (RefusedRow refused) {
                refusals.add(refused.reason(), refused.detail(), texts.line());
            } catch (BadRecord bad) {
                refuse(bad, String.valueOf(text));
            } catch (BrokenFile broken) {
                brokenOff = broken.getMessage();
                end();
            }
        }
        return null;
    }

    private void refuse(BadRecord bad, String text) {
        if (bad.reason() == BadRecord.Reason.MALFORMED && !text.stripLeading().startsWith("{")) {
            refusals.add("not JSON lines; name a --mapping", RefusedRow.quote(text), texts.line());
        } else {
            refusals.add(bad.reason().label(), String.valueOf(bad.getMessage()), texts.line());
        }
    }

    /** Marks the end; the last attempt to read did not yield a row. */
    private void end() {
        rows--;
        ended = true;
    }

    @Override
    public List<ReadReport> reports() {
        return List.of(new ReadReport(
                file.toString(),
                rows,
                events,
                refusals.list(),
                List.of(),
                brokenOff,
                texts.lines(),
                null,
                findings.list(),
                List.of()));
    }

    @Override
    public long bytesRead() {
        return texts.bytesRead();
    }

    @Override
    public void close() {
        texts.close();
    }
}
