/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Sends the very bytes of a request: no library that puts an odd path or header right. */
final class RawHttp {

    private static final int PATIENCE_MS = 20_000;

    private final SSLContext trust;
    private final URI base;

    RawHttp(Path ca, URI base) {
        this.trust = Http.trust(ca);
        this.base = base;
    }

    /**
     * What came back.
     *
     * @param status 0 if the server only closed the connection
     */
    record Raw(int status, String text) {

        String header(String name) {
            return text.lines()
                    .takeWhile(line -> !line.isBlank())
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }
    }

    /** @param first the request line */
    Raw send(String first, List<String> headers, String body) {
        String request = first + "\r\nHost: " + base.getAuthority() + "\r\nConnection: close\r\n"
                + String.join(
                        "", headers.stream().map(header -> header + "\r\n").toList())
                + (body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n") + "\r\n" + body;
        try (SSLSocket socket = (SSLSocket) trust.getSocketFactory().createSocket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(PATIENCE_MS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String[] words = text.split(" ", 3);
            return new Raw(words.length < 2 ? 0 : Integer.parseInt(words[1]), text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
