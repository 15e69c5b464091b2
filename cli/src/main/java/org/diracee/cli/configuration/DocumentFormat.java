/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.configuration;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A text form of the configuration. */
enum DocumentFormat {
    /** DIRAC's own. */
    CFG,
    /** DiracX's. */
    YAML;

    /** How the API calls it. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The form that files of this name have. */
    static DocumentFormat ofFileName(String name) {
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return ending.equals("yml") || ending.equals("yaml") ? YAML : CFG;
    }

    /** Reads the form as the command line gives it. */
    static final class Reader implements ITypeConverter<DocumentFormat> {
        @Override
        public DocumentFormat convert(String text) {
            for (DocumentFormat format : values()) {
                if (format.wireName().equals(text)) {
                    return format;
                }
            }
            throw new TypeConversionException("'" + text + "' is no form of the configuration: cfg or yaml");
        }
    }
}
