/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.webhook.gateway;

import static org.diracee.wms.log.boundary.WmsLog.LOG;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.diracee.wms.webhook.control.TargetRules;
import org.diracee.wms.webhook.control.WebhookConnection;

/**
 * Posts over a connection of its own to the very address that was looked at: a name that leads elsewhere a moment later leads nowhere.
 * Java's own clients resolve a name again when they connect, so this one speaks the little of HTTP/1.1 that it takes.
 */
@ApplicationScoped
public class PinnedConnection implements WebhookConnection {

    private static final Duration CONNECTING = Duration.ofSeconds(3);
    private static final Duration ALL = Duration.ofSeconds(10);
    private static final int LONGEST_LINE = 4096;
    private static final int HTTPS = 443;
    private static final int HTTP = 80;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-9][0-9]{2})( .*)?");

    private final Duration all;

    public PinnedConnection() {
        this(ALL);
    }

    PinnedConnection(Duration all) {
        this.all = all;
    }

    @Override
    public int post(URI url, Map<String, String> headers, String body, TargetRules rules) throws IOException {
        boolean isTls = "https".equalsIgnoreCase(url.getScheme());
        int port = url.getPort() >= 0 ? url.getPort() : isTls ? HTTPS : HTTP;
        long end = System.nanoTime() + all.toNanos();
        InetAddress address = allowed(url.getHost(), rules);
        try (Socket plain = new Socket()) {
            CompletableFuture<Void> watch = closeAfter(plain, left(end));
            try {
                plain.connect(new InetSocketAddress(address, port), (int) CONNECTING.toMillis());
                try (Socket socket = isTls ? secured(plain, url.getHost(), port) : plain) {
                    OutputStream out = socket.getOutputStream();
                    out.write(request(url, headers, body));
                    out.flush();
                    return status(socket);
                }
            } catch (IOException broken) {
                left(end); // says so if the time was over
                throw broken;
            } finally {
                watch.cancel(true);
            }
        }
    }

    /** Time-outs of reading count anew for every byte, within a TLS record too; a closed socket ends all of it. */
    private static CompletableFuture<Void> closeAfter(Socket socket, int milliseconds) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        socket.close();
                    } catch (IOException alreadyGone) {
                        LOG.debugf(alreadyGone, "a webhook's socket could not be closed");
                    }
                },
                CompletableFuture.delayedExecutor(milliseconds, TimeUnit.MILLISECONDS));
    }

    private static InetAddress allowed(String host, TargetRules rules) throws IOException {
        String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        InetAddress[] addresses = InetAddress.getAllByName(name);
        for (InetAddress address : addresses) {
            if (!rules.allows(address)) {
                throw new IOException("the host is where no webhook may be");
            }
        }
        return addresses[0];
    }

    private static Socket secured(Socket plain, String host, int port) throws IOException {
        SSLSocket secured =
                (SSLSocket) ((SSLSocketFactory) SSLSocketFactory.getDefault()).createSocket(plain, host, port, true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    private static byte[] request(URI url, Map<String, String> headers, String body) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        StringBuilder head = new StringBuilder("POST ")
                .append(path)
                .append(url.getRawQuery() == null ? "" : "?" + url.getRawQuery())
                .append(" HTTP/1.1\r\nHost: ")
                .append(url.getRawAuthority())
                .append(
                        "\r\nContent-Type: application/json\r\nUser-Agent: DIRAC-EE\r\nConnection: close\r\nContent-Length: ")
                .append(content.length)
                .append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        byte[] begin = head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[begin.length + content.length];
        System.arraycopy(begin, 0, all, 0, begin.length);
        System.arraycopy(content, 0, all, begin.length, content.length);
        return all;
    }

    /** Reads the first line alone: what else is answered is of no interest. */
    private static int status(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder line = new StringBuilder();
        int next = in.read();
        while (next >= 0 && next != '\n') {
            if (line.length() == LONGEST_LINE) {
                throw new IOException("the answer is not HTTP");
            }
            line.append((char) next);
            next = in.read();
        }
        if (line.isEmpty()) {
            throw new IOException("the connection was closed without an answer");
        }
        Matcher status = STATUS.matcher(line.toString().stripTrailing());
        if (!status.matches()) {
            throw new IOException("the answer is not HTTP");
        }
        return Integer.parseInt(status.group(1));
    }

    private int left(long end) throws SocketTimeoutException {
        long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
        if (left <= 0) {
            throw new SocketTimeoutException("no answer within " + all.toSeconds() + " s");
        }
        return (int) left;
    }
}
