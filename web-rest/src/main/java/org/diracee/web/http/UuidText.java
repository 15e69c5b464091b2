/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.http;

import java.util.UUID;
import org.diracee.kernel.value.InvalidValue;

/** Reads UUIDs that stand in paths. */
public final class UuidText {

    private UuidText() {}

    /**
     * The UUID that the text is.
     *
     * @param what what it is called in the refusal
     * @throws InvalidValue if it is none, or one that only Java takes for one
     */
    public static UUID read(String what, String text) {
        try {
            UUID uuid = UUID.fromString(text);
            if (uuid.toString().equalsIgnoreCase(text)) {
                return uuid;
            }
        } catch (IllegalArgumentException notAUuid) {
            // told below, together with what Java takes for one and is none
        }
        throw new InvalidValue(what, text, "a UUID");
    }
}
