/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.value;

import java.util.regex.Pattern;

/** Name of a site, by custom {@code GRID.Place.country}. */
public record SiteName(String text) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    /** @throws InvalidValue unless the text is 1 to 100 letters, digits, dots, underscores or hyphens */
    public SiteName {
        if (!FORM.matcher(text).matches()) {
            throw new InvalidValue("site name", text, "1 to 100 letters, digits, dots, underscores or hyphens");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
