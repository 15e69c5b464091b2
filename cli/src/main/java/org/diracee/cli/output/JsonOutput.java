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

    public static void print(PrintWriter out, Object value) {
        try {
            out.println(ClientJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value));
        } catch (JsonProcessingException unwritable) {
            throw new IllegalArgumentException(unwritable);
        }
    }
}
