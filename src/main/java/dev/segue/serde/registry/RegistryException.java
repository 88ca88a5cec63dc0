// SPDX-License-Identifier: Apache-2.0
package dev.segue.serde.registry;

/** A failed request to the schema registry. The message names the registry, the request and the remedy. */
public abstract sealed class RegistryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private RegistryException(String message, Throwable cause) {
        super(message, cause);
    }

    private RegistryException(String message) {
        super(message);
    }

    /** For failures that may occur with every record, a stack trace would cost more than everything else. */
    private RegistryException(String message, boolean stackTrace) {
        super(message, null, false, stackTrace);
    }

    /**
     * No usable response after all attempts: refused connection, timeout, 5xx, nonsense. A later request may succeed.
     */
    public static final class Unreachable extends RegistryException {
        private static final long serialVersionUID = 1L;

        public Unreachable(String message) {
            super(message);
        }

        public Unreachable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The registry has no such id or subject, or denies access to it. A later registration can fix that. */
    public static final class NotFound extends RegistryException {
        private static final long serialVersionUID = 1L;

        public NotFound(String message) {
            super(message, false);
        }
    }

    /** The registry's schema can never be used: it is not Avro, or exceeds a bound. */
    public static final class Unusable extends RegistryException {
        private static final long serialVersionUID = 1L;

        public Unusable(String message) {
            super(message, false);
        }
    }

    /** The registry rejected the request: access denied (401, 403), or the schema is incompatible or invalid. */
    public static final class Refused extends RegistryException {
        private static final long serialVersionUID = 1L;

        public Refused(String message) {
            super(message);
        }
    }
}
