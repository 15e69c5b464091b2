/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** New connections with a client certificate, one small request on each, here and at a bare TLS server of Java. */
final class MutualTls {

    private static final int CONNECTIONS = 16;
    private static final int BACKLOG = 1_000;
    private static final int PATIENCE_MILLISECONDS = 20_000;
    private static final byte[] ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok".getBytes(StandardCharsets.US_ASCII);

    private final Target target;
    private final GridPki pki;
    private final GridPki.ClientSide client;

    MutualTls(Target target) throws IOException, GeneralSecurityException {
        this.target = target;
        this.pki = new GridPki(target.directory());
        this.client = pki.client();
    }

    Result measure() throws Exception {
        double[] runs = Load.repeat(CONNECTIONS, () -> request(target.server()));
        try (Bare bare = new Bare(pki)) {
            double limit = Load.limit(CONNECTIONS, () -> request(bare.address()));
            return Result.of(
                    "mutual-tls",
                    "new TLS connection with a client certificate and GET of one's own identity, 16 at a time; limit: Java's bare"
                            + " TLS server that checks chain and revocation list",
                    "connections/s",
                    null,
                    null,
                    "higher",
                    limit,
                    runs);
        }
    }

    private long request(URI server) throws IOException, GeneralSecurityException {
        try (SSLSocket socket =
                (SSLSocket) client.context().getSocketFactory().createSocket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLISECONDS);
            socket.getOutputStream()
                    .write(("GET /api/auth/userinfo HTTP/1.1\r\nHost: " + server.getAuthority()
                                    + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!answer.startsWith("HTTP/1.1 200 ")) {
                throw new IOException("the certificate is not accepted: " + answer);
            }
            return 1;
        }
    }

    /** Answers every request alike, whatever it asks. */
    private static final class Bare implements AutoCloseable {

        private final ServerSocket listener;
        private final ExecutorService workers = Executors.newFixedThreadPool(CONNECTIONS + 1);

        Bare(GridPki pki) throws IOException, GeneralSecurityException {
            SSLServerSocket socket = (SSLServerSocket) pki.bareServer()
                    .getServerSocketFactory()
                    .createServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
            socket.setNeedClientAuth(true);
            listener = socket;
            workers.execute(this::accept);
        }

        URI address() {
            return URI.create("https://localhost:" + listener.getLocalPort());
        }

        private void accept() {
            while (!listener.isClosed()) {
                try {
                    Socket connection = listener.accept();
                    workers.execute(() -> answer(connection));
                } catch (IOException closed) {
                    return;
                }
            }
        }

        private static void answer(Socket connection) {
            try (connection) {
                InputStream input = connection.getInputStream();
                int newLines = 0;
                for (int octet = input.read(); octet >= 0 && newLines < 2; octet = newLines < 2 ? input.read() : -1) {
                    newLines = octet == '\n' ? newLines + 1 : octet == '\r' ? newLines : 0;
                }
                connection.getOutputStream().write(ANSWER);
            } catch (IOException gone) {
                // the client tells of it
            }
        }

        @Override
        public void close() throws IOException {
            listener.close();
            workers.shutdownNow();
        }
    }
}
