/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.gateway;

import java.util.Locale;
import org.diracee.kernel.value.InvalidValue;

/** Which side of a copy between two storage elements does it. */
enum CopyDirection {
    /** The target fetches. */
    PULL,
    /** The source sends. */
    PUSH;

    static CopyDirection parse(String text) {
        for (CopyDirection direction : values()) {
            if (direction.name().toLowerCase(Locale.ROOT).equals(text)) {
                return direction;
            }
        }
        throw new InvalidValue("direction of copies", text, "pull or push");
    }
}
