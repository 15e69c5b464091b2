/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.value;

import java.util.regex.Pattern;

/** Name of a storage element. */
public record SeName(String text) implements Comparable<SeName> {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    /** @throws InvalidValue unless the text is 1 to 128 letters, digits, dots, underscores or hyphens */
    public SeName {
        if (!FORM.matcher(text).matches()) {
            throw new InvalidValue(
                    "name of a storage element", text, "1 to 128 letters, digits, dots, underscores or hyphens");
        }
    }

    @Override
    public int compareTo(SeName other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
