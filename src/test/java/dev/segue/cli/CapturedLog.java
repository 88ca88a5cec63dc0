// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/** Captures the log: Segue's from DEBUG on, that of Kafka and all others from INFO on. */
final class CapturedLog implements AutoCloseable {
    private static final String OURS = "dev.segue";

    private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
    private final Map<String, Level> before = new TreeMap<>();
    private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
    private final Configuration configuration = context.getConfiguration();
    private final Lines appender = new Lines();

    CapturedLog() {
        configuration.getLoggers().forEach((name, logger) -> before.put(name, logger.getLevel()));
        configuration.getLoggers().values().forEach(logger -> logger.setLevel(Level.INFO));
        configuration.addLogger(OURS, new LoggerConfig(OURS, Level.DEBUG, true));
        appender.start();
        configuration.getRootLogger().addAppender(appender, Level.ALL, null);
        context.updateLoggers();
    }

    /** Includes whole stack traces, which contain more than the shipped layout prints. */
    private final class Lines extends AbstractAppender {
        Lines() {
            super("lines", null, null, true, Property.EMPTY_ARRAY);
        }

        @Override
        public void append(LogEvent event) {
            StringBuilder line = new StringBuilder(event.getLevel() + " " + event.getLoggerName() + ": "
                    + event.getMessage().getFormattedMessage());
            for (Throwable cause = event.getThrown(); cause != null; cause = cause.getCause()) {
                line.append(" | ").append(cause);
            }
            lines.add(line.toString());
        }
    }

    String text() {
        return String.join("\n", lines);
    }

    @Override
    public void close() {
        configuration.getRootLogger().removeAppender("lines");
        configuration.removeLogger(OURS);
        before.forEach((name, level) -> configuration.getLoggers().get(name).setLevel(level));
        context.updateLoggers();
        appender.stop();
    }
}
