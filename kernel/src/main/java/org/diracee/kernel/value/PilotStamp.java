/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.value;

import java.util.regex.Pattern;

/** The unique stamp of a pilot. */
public record PilotStamp(String text) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9-]{1,32}");

    /** @throws InvalidValue unless the text is 1 to 32 letters, digits or hyphens */
    public PilotStamp {
        if (!FORM.matcher(text).matches()) {
            throw new InvalidValue("pilot stamp", text, "1 to 32 letters, digits or hyphens");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
