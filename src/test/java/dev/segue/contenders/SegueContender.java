// SPDX-License-Identifier: Apache-2.0
package dev.segue.contenders;

import dev.segue.config.Settings;
import dev.segue.runtime.Application;
import dev.segue.runtime.Monitoring;
import dev.segue.runtime.settings.SettingsReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;

/** Segue as shipped, with its defaults; only names, places, guarantee and definitions are set. */
final class SegueContender implements Contender {
    /** In its log, before the address. */
    static final String METRICS = "metrics at ";

    SegueContender() {}

    @Override
    public void start(Job job) throws Exception {
        Path file = Path.of(job.get("settings"));
        Settings settings = SettingsReader.read(file.toString(), Files.readString(file), name -> null);
        // A log of the past already contains the ticks; a clock that stands still adds one that has no effect.
        InstantSource clock = job.is("live") ? InstantSource.system() : InstantSource.fixed(Instant.ofEpochMilli(1));
        Monitoring monitoring = new Monitoring(settings);
        Application application = Application.load(settings, clock, monitoring.meters());
        monitoring.open(application).ifPresent(address -> System.out.println(METRICS + address + "/metrics"));
        application.start();
    }
}
