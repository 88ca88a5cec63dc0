package dev.segue.serde.registry;

/** The schema registry did not do what it was asked. The message names the registry, the request and the remedy. */
public abstract sealed class RegistryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private RegistryException(String message, Throwable cause) {
        super(message, cause);
    }

    private RegistryException(String message) {
        super(message);
    }

    /** For answers that may come with every record: a stack trace would cost more than all the rest. */
    private RegistryException(String message, boolean stackTrace) {
        super(message, null, false, stackTrace);
    }

    /** No usable answer, after all attempts: refused connection, timeout, 5xx, nonsense. Later it may work. */
    public static final class Unreachable extends RegistryException {
        private static final long serialVersionUID = 1L;

        public Unreachable(String message) {
            super(message);
        }

        public Unreachable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The registry answered that it has, or gives us, no such id or subject. Once it is registered it will. */
    public static final class NotFound extends RegistryException {
        private static final long serialVersionUID = 1L;

        public NotFound(String message) {
            super(message, false);
        }
    }

    /** The registry has a schema that can never be used: not Avro, or beyond every bound. */
    public static final class Unusable extends RegistryException {
        private static final long serialVersionUID = 1L;

        public Unusable(String message) {
            super(message, false);
        }
    }

    /** The registry answered and will not: not allowed (401, 403), or the schema is incompatible or invalid. */
    public static final class Refused extends RegistryException {
        private static final long serialVersionUID = 1L;

        public Refused(String message) {
            super(message);
        }
    }
}
