/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.metadata.boundary;

import java.time.Instant;
import org.diracee.kernel.value.InvalidValue;

/** What is written in a field. */
public sealed interface MetadataValue {

    /** In characters. */
    int LONGEST = 255;

    /** A number, a text or an instant. */
    Object plain();

    /** Of type int. */
    record Whole(long number) implements MetadataValue {
        @Override
        public Object plain() {
            return number;
        }
    }

    /** Of type float. */
    record Real(double number) implements MetadataValue {
        @Override
        public Object plain() {
            return number;
        }
    }

    /** Of type string, or of a field that is not declared. */
    record Text(String text) implements MetadataValue {

        /** @throws InvalidValue if it is empty, too long or has control characters */
        public Text {
            if (text.isEmpty() || text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)) {
                throw new InvalidValue(
                        "string",
                        text.replaceAll("\\p{Cntrl}", "?"),
                        "a text of 1 to " + LONGEST + " characters, none a control character");
            }
        }

        @Override
        public Object plain() {
            return text;
        }
    }

    /** Of type date. */
    record Moment(Instant instant) implements MetadataValue {
        @Override
        public Object plain() {
            return instant;
        }
    }
}
