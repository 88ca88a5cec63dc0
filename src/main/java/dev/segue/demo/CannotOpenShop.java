package dev.segue.demo;

/** The demo's options contradict what is there; the message says how to mend it. */
public final class CannotOpenShop extends Exception {
    private static final long serialVersionUID = 1L;

    CannotOpenShop(String message) {
        super(message);
    }
}
