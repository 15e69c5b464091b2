/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.control;

/** Tells how the texts of the document are written in formats that know types. */
@FunctionalInterface
public interface Typing {

    /** Everything is text. */
    Typing TEXTS = path -> Kind.TEXT;

    /** How an option is written. */
    enum Kind {
        TEXT,
        /** Items, which the document separates by commas. */
        LIST,
        /** A number if the text is one, else a text. */
        NUMBER,
        /** True or false if the text is one of DIRAC's words for them, else a text. */
        BOOLEAN
    }

    /** @param path of an option, written {@code /Section/Option} */
    Kind kind(String path);
}
