/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.value;

import java.util.regex.Pattern;

/** Name of a group of a VO. */
public record GroupName(String text) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    /** @throws InvalidValue unless the text is 1 to 128 letters, digits, dots, underscores or hyphens */
    public GroupName {
        if (!FORM.matcher(text).matches()) {
            throw new InvalidValue("group name", text, "1 to 128 letters, digits, dots, underscores or hyphens");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
