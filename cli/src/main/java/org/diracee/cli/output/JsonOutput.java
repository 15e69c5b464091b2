/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.PrintWriter;
import org.diracee.client.ClientJson;

/** Prints results as JSON. */
public final class JsonOutput {

    private JsonOutput() {}

    /** Prints a value as one line, for lists without an end. */
    public static void printLine(PrintWriter out, Object value) {
        try {
            out.println(ClientJson.MAPPER.writeValueAsString(value));
        } catch (JsonProcessingException unwritable) {
            throw new IllegalArgumentException(unwritable);
        }
    }

    public static void print(PrintWriter out, Object value) {
        try {
            out.println(ClientJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value));
        } catch (JsonProcessingException unwritable) {
            throw new IllegalArgumentException(unwritable);
        }
    }
}
