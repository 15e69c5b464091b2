/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.configuration;

import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** An option of the configuration has a value that means nothing. */
public class InvalidOption extends DiracException {

    private static final long serialVersionUID = 1L;

    private final String path;
    private final String value;

    /**
     * @param path of the option in the configuration
     * @param allowed the allowed values in words
     */
    public InvalidOption(String path, String value, String allowed) {
        super(
                ErrorCode.INTERNAL_ERROR,
                "The option " + path + (value.isBlank() ? " is not given" : " is '" + value + "'") + ": allowed is "
                        + allowed);
        this.path = path;
        this.value = value;
    }

    public String path() {
        return path;
    }

    public String value() {
        return value;
    }
}
