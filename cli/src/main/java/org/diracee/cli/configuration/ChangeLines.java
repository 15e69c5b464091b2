/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.configuration;

import java.util.List;
import org.diracee.cli.output.Printable;
import org.diracee.client.wire.ConfigurationChange;

/** Differences of configurations, one a line. Sections end with a slash. */
final class ChangeLines {

    private ChangeLines() {}

    static List<String> of(List<ConfigurationChange> changes) {
        return changes.stream().map(ChangeLines::line).toList();
    }

    private static String line(ConfigurationChange change) {
        String path = change.path();
        return oneLine(
                switch (change.kind()) {
                    case ADDED ->
                        "+ " + path + change.after().map(" = "::concat).orElse("/");
                    case REMOVED ->
                        "- " + path + change.before().map(" = "::concat).orElse("/");
                    case CHANGED ->
                        "~ " + path + ": " + change.before().orElse("") + " \u2192 "
                                + change.after().orElse("");
                    case COMMENT ->
                        "# " + path
                                + change.after()
                                        .filter(text -> !text.isBlank())
                                        .map(": "::concat)
                                        .orElse(": no comment any more");
                });
    }

    static String oneLine(String text) {
        return Printable.text(text).replaceAll("[\t\n]+", " ").strip();
    }
}
