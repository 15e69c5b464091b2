/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.boundary;

/**
 * Something wrong in a configuration.
 *
 * @param path of the option or section, with a slash before it
 * @param value what stands there, shortened; empty for a section, and for a secret
 * @param message what is wrong and what is allowed
 */
public record Finding(Severity severity, String path, String value, String message) {

    private static final int SHOWN = 80;

    /** How much a finding matters. */
    public enum Severity {
        /** The configuration cannot come into force like this. */
        ERROR,
        /** It works, but probably not as meant. */
        WARNING
    }

    public Finding {
        path = path.startsWith("/") ? path : "/" + path;
        value = value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…";
    }

    public static Finding error(String path, String value, String message) {
        return new Finding(Severity.ERROR, path, value, message);
    }

    public static Finding warning(String path, String value, String message) {
        return new Finding(Severity.WARNING, path, value, message);
    }
}
