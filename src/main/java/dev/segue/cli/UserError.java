package dev.segue.cli;

/** A mistake of the user: what is wrong, where, and how to mend it, in one sentence. The process ends with code 2. */
final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UserError(String message) {
        super(message);
    }
}
