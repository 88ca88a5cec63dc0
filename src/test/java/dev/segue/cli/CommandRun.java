// SPDX-License-Identifier: Apache-2.0
package dev.segue.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** The exit code and output of one run of the command. */
record CommandRun(int code, String out, String err) {

    static CommandRun of(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(new PrintWriter(out), new PrintWriter(err), args);
        return new CommandRun(code, out.toString(), err.toString());
    }

    List<String> errLines() {
        return err.lines().toList();
    }
}
