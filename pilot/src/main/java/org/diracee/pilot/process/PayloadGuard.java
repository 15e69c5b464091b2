/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A small shell process that outlives the pilot and ends the payload if the pilot dies, also by kill -9: it reads a pipe that
 * only the pilot holds open.
 */
final class PayloadGuard implements AutoCloseable {

    private static final Duration LONGEST_END = Duration.ofSeconds(5);

    private final Process process;
    private final OutputStream pipe;

    private PayloadGuard(Process process) {
        this.process = process;
        this.pipe = process.getOutputStream();
    }

    /** Starts the guard before the payload, so that there is no moment without it. */
    static PayloadGuard start(Session session, String mark, Duration grace, Path directory) throws IOException {
        List<String> command = new ArrayList<>(session.prefix());
        command.addAll(List.of(
                "/bin/sh",
                "-c",
                script(),
                "dirac-payload-guard",
                mark,
                Long.toString(grace.toSeconds()),
                directory.toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        builder.environment().clear();
        builder.environment().put("PATH", path);
        return new PayloadGuard(builder.start());
    }

    private static String script() throws IOException {
        try (InputStream script = PayloadGuard.class.getResourceAsStream("payload-guard.sh")) {
            if (script == null) {
                throw new IOException("payload-guard.sh is missing in the pilot");
            }
            return new String(script.readAllBytes(), UTF_8);
        }
    }

    void watch(long sessionLeader) throws IOException {
        pipe.write((sessionLeader + "\n").getBytes(UTF_8));
        pipe.flush();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Says that nothing of the payload is left. */
    void dismiss() {
        try {
            pipe.write("ended\n".getBytes(UTF_8));
            pipe.flush();
        } catch (IOException alreadyGone) {
            // its end is all we want
        }
    }

    /** Lets the guard end; if it was not dismissed, it ends what is left of the payload. */
    @Override
    public void close() {
        try {
            pipe.close();
        } catch (IOException alreadyGone) {
            // its end is all we want
        }
        try {
            if (!process.waitFor(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
