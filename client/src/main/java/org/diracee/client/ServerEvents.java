/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;

/**
 * Reads a stream of server-sent events.
 *
 * @see "HTML standard, server-sent events"
 */
final class ServerEvents {

    private ServerEvents() {}

    /**
     * What stands between two empty lines.
     *
     * @param id the id of this event, or of the last that had one
     * @param data empty for a mere sign of life
     */
    record Event(String id, String name, String data) {}

    /** Takes an event. */
    interface Listener {
        void hear(Event event) throws IOException;
    }

    /**
     * Passes events on as they come, until one named {@code end}.
     *
     * @throws IOException if the stream ends without it
     */
    static void read(InputStream stream, Listener listener) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(stream, UTF_8));
        String id = "";
        String name = "";
        StringBuilder data = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty()) {
                listener.hear(new Event(id, name, data.toString()));
                if (name.equals("end")) {
                    return;
                }
                name = "";
                data.setLength(0);
                continue;
            }
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1).replaceFirst("^ ", "");
            switch (field) {
                case "id" -> id = value;
                case "event" -> name = value;
                case "data" -> data.append(data.isEmpty() ? "" : "\n").append(value);
                default -> {
                    // a comment, or nothing for us
                }
            }
        }
        throw new EOFException("it ended too early");
    }
}
