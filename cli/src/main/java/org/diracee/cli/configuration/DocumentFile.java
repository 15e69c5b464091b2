/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.configuration;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.Surroundings;
import org.diracee.client.wire.ConfigurationText;

/**
 * A configuration in a file of this machine. Its first line tells the revision that it was made from; that line is ours and no
 * part of the document.
 *
 * @param name how messages call it
 * @param base the revision, if the first line tells one
 * @param text the document without that line
 */
record DocumentFile(String name, DocumentFormat format, Optional<Long> base, String text) {

    private static final String FIRST_LINE = "# dirac-ee configuration revision ";
    private static final Pattern WITH_BASE = Pattern.compile("\\uFEFF?" + FIRST_LINE + "(\\d{1,18})[ \\t]*(?:\\R|$)");

    /** Returns the text of a file that keeps the revision. */
    static String textOf(ConfigurationText configuration) {
        return FIRST_LINE + configuration.revision() + "\n" + configuration.document();
    }

    /**
     * Reads a file, or the standard input for {@code -}.
     *
     * @param given the form; told by the ending of the name if absent
     */
    static DocumentFile read(Surroundings surroundings, String file, Optional<DocumentFormat> given)
            throws IOException {
        DocumentFormat format = given.orElseGet(() -> DocumentFormat.ofFileName(file));
        if (file.equals("-")) {
            return of("The standard input", format, new String(surroundings.readInput(), UTF_8));
        }
        Path path = surroundings.path(file);
        try {
            return of(file, format, Files.readString(path));
        } catch (CharacterCodingException otherEncoding) {
            throw CommandFailure.local(file + " is no text in UTF-8; iconv converts it.", otherEncoding);
        }
    }

    private static DocumentFile of(String name, DocumentFormat format, String content) {
        Matcher first = WITH_BASE.matcher(content);
        return first.lookingAt()
                ? new DocumentFile(
                        name, format, Optional.of(Long.valueOf(first.group(1))), content.substring(first.end()))
                : new DocumentFile(name, format, Optional.empty(), content);
    }
}
