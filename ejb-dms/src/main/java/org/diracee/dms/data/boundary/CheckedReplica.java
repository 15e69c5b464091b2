/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.data.boundary;

import java.util.Optional;
import org.diracee.kernel.value.SeName;

/**
 * A replica of the catalogue beside what its storage element says.
 *
 * @param detail how they differ, or why that is not known
 */
public record CheckedReplica(SeName se, Finding finding, Optional<String> detail) {

    /** What came out. */
    public enum Finding {
        GOOD("Good"),
        ABSENT("Absent"),
        OTHER_SIZE("OtherSize"),
        OTHER_CHECKSUM("OtherChecksum"),
        /** The storage element did not tell. */
        UNKNOWN("Unknown");

        private final String text;

        Finding(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }
}
