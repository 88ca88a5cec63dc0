// SPDX-License-Identifier: Apache-2.0
package dev.segue.replay.backtest.report;

import dev.segue.replay.backtest.Activation;
import dev.segue.value.CountText;

/** Says what activating the new set would publish. */
final class ActivationText {
    private ActivationText() {}

    static String of(Activation activation) {
        return "enters " + CountText.of(activation.enters()) + ", exits " + CountText.of(activation.exits())
                + (activation.updates() == 0 ? "" : ", updates " + CountText.of(activation.updates()));
    }
}
