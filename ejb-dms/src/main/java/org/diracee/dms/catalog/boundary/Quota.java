/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.catalog.boundary;

import java.util.Locale;
import java.util.OptionalLong;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.InvalidValue;

/**
 * How many files and bytes there may be.
 *
 * @param name of the VO, group or user; of a directory its LFN
 * @param files any number if empty
 * @param bytes of the files, each counted once; any number if empty
 */
public record Quota(Kind kind, String name, OptionalLong files, OptionalLong bytes) {

    /** What a quota bounds. */
    public enum Kind {
        VO,
        GROUP,
        USER,
        DIRECTORY;

        /** @throws InvalidValue unless the text is one of them */
        public static Kind parse(String text) {
            for (Kind kind : values()) {
                if (kind.text().equals(text)) {
                    return kind;
                }
            }
            throw new InvalidValue("kind of quota", text, "vo, group, user or directory");
        }

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @throws InvalidRequest if nothing is bounded, or by less than nothing */
    public Quota {
        if (files.isEmpty() && bytes.isEmpty()) {
            throw new InvalidRequest("A quota bounds files, bytes or both; neither is given");
        }
        if (files.orElse(0) < 0 || bytes.orElse(0) < 0) {
            throw new InvalidRequest("A quota is 0 or more");
        }
    }
}
