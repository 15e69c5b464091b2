/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/** The rule for names in an archive: relative, without a way up. */
final class EntryName {

    private static final int MAX_LENGTH = 4096;
    private static final int MAX_PART_BYTES = 255;

    private EntryName() {}

    /**
     * Returns the directories and the last name; empty for the top directory itself.
     *
     * @throws InvalidSandbox if the name could lead anywhere else
     */
    static List<String> parts(String name) throws InvalidSandbox {
        if (name.startsWith("/")) {
            throw refused(name, "it begins with '/'");
        }
        if (name.length() > MAX_LENGTH) {
            throw refused(name, "it is longer than " + MAX_LENGTH + " characters");
        }
        if (name.indexOf('\0') >= 0) {
            throw refused(name, "it holds a NUL");
        }
        List<String> parts = new ArrayList<>();
        for (String part : name.split("/")) {
            if (part.equals("..")) {
                throw refused(name, "'..' leads out of the sandbox");
            }
            if (part.getBytes(UTF_8).length > MAX_PART_BYTES) {
                throw refused(name, "a part of it is longer than " + MAX_PART_BYTES + " bytes");
            }
            if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return parts;
    }

    static String shown(String name) {
        String visible = name.replaceAll("\\p{Cntrl}", "?");
        return visible.length() <= 200 ? visible : visible.substring(0, 200) + "…";
    }

    private static InvalidSandbox refused(String name, String why) {
        return new InvalidSandbox("The sandbox has an entry '" + shown(name) + "', which is refused: " + why);
    }
}
