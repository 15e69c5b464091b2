/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.value;

import java.util.regex.Pattern;

/** Name by which a user is known: DIRAC's Owner, DiracX's preferred_username. */
public record UserName(String text) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");

    /** @throws InvalidValue unless the text is 1 to 64 letters, digits, dots, underscores, hyphens or @ */
    public UserName {
        if (!FORM.matcher(text).matches()) {
            throw new InvalidValue("user name", text, "1 to 64 letters, digits, dots, underscores, hyphens or @");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
