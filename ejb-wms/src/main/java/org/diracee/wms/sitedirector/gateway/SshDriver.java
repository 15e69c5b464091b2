/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import static org.diracee.wms.log.boundary.WmsLog.LOG;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.wms.parcel.boundary.Parcel;
import org.diracee.wms.sitedirector.control.CeQueue;
import org.diracee.wms.sitedirector.control.ComputingElementFailure;

/**
 * The script at the other end that does what is asked of many pilots, and what it needs there: it is brought once, as is the
 * pilot's image, each under a name that tells what is in it.
 */
final class SshDriver {

    private static final Duration LIMIT = Duration.ofSeconds(50);
    private static final Duration UPLOAD_LIMIT = Duration.ofMinutes(5);

    /** Exit codes of a shell that could not run a command. */
    private static final Set<Integer> NOT_RUN = Set.of(126, 127);

    /** The driver's exit code for a file that there is not. */
    private static final int NO_SUCH_FILE = 3;

    /** The digests of images, which take a while, by what tells cheaply that an image is still the same. */
    private final Map<String, String> digests = new ConcurrentHashMap<>();

    private final SshSettings settings;
    private final SshConnections connections;

    SshDriver(SshSettings settings, SshConnections connections) {
        this.settings = settings;
        this.connections = connections;
    }

    /** What the driver reads: lines of a name and a value. */
    static final class Request {

        private final StringBuilder text = new StringBuilder();

        void line(String name, Object value) {
            String line = value.toString();
            if (line.chars().anyMatch(Character::isISOControl)) {
                throw new ComputingElementFailure(
                        "A " + name + " for the driver has control characters, which is not allowed");
            }
            text.append(name).append(' ').append(line).append('\n');
        }

        String end() {
            return text.append("end\n").toString();
        }
    }

    /**
     * What it answers to this verb with this request.
     *
     * @throws SshFailure unless the driver answered; it was certainly not begun only where there is none
     */
    DriverReply answer(CeQueue queue, String verb, String request) throws SshFailure {
        SshConnection connection = connection(queue);
        SshConnection.Answer answer = connection.run(
                command(queue, connection, verb),
                new ByteArrayInputStream(request.getBytes(StandardCharsets.UTF_8)),
                LIMIT);
        if (!DriverReply.isFromDriver(answer.text())) {
            // it may have been removed there: the next call brings it again
            connection.forget(path(queue));
            String why = settings.target(queue) + " does not run the driver " + path(queue) + ": "
                    + LastWords.of(answer.errors() + "\n" + answer.text());
            throw answer.exitStatus().filter(NOT_RUN::contains).isPresent()
                    ? SshFailure.before(why, null)
                    : SshFailure.within(why, null);
        }
        try {
            return DriverReply.parse(answer.text());
        } catch (ComputingElementFailure garbled) {
            throw SshFailure.within(garbled.detail(), garbled);
        }
    }

    /**
     * The same for a request that needs an image there.
     *
     * @param request of the image's digest
     * @throws SshFailure also if it is not there; nothing was begun then
     */
    DriverReply answer(CeQueue queue, String verb, PilotImage image, Function<String, String> request)
            throws IOException, SshFailure {
        DriverReply reply = answer(queue, verb, request.apply(digest(image)));
        if (isLacking(reply)) {
            throw SshFailure.before(
                    "The pilot's image was removed at " + settings.target(queue)
                            + " a moment ago; the next round brings it again",
                    null);
        }
        return reply;
    }

    /** Brings the files of a parcel, for a pilot that is submitted next. */
    void lay(CeQueue queue, PilotStamp stamp, Parcel parcel) throws IOException, SshFailure {
        SshConnection connection = connection(queue);
        for (Path file : parcel.files()) {
            try (InputStream content = Files.newInputStream(file)) {
                SshConnection.Answer answer = connection.run(
                        command(queue, connection, "lay " + stamp + " " + file.getFileName()), content, UPLOAD_LIMIT);
                if (!answer.exitStatus().equals(Optional.of(0))) {
                    throw failed(
                            queue, connection, answer, "The parcel of pilot " + stamp + " could not be brought to ");
                }
            }
        }
    }

    /**
     * Copies a file of the results that a pilot left in its parcel.
     *
     * @return false if there is none, or it is longer
     */
    boolean fetch(CeQueue queue, PilotStamp stamp, String name, long most, OutputStream target) throws SshFailure {
        SshConnection connection = connection(queue);
        SshConnection.Answer answer = connection.run(
                command(queue, connection, "fetch " + stamp + " " + name + " " + most),
                InputStream.nullInputStream(),
                target,
                UPLOAD_LIMIT);
        if (answer.exitStatus().equals(Optional.of(NO_SUCH_FILE))) {
            return false;
        }
        if (!answer.exitStatus().equals(Optional.of(0))) {
            throw failed(queue, connection, answer, "The results of pilot " + stamp + " could not be had from ");
        }
        return true;
    }

    private SshFailure failed(CeQueue queue, SshConnection connection, SshConnection.Answer answer, String what) {
        if (answer.exitStatus().filter(NOT_RUN::contains).isPresent()) {
            connection.forget(path(queue));
        }
        return SshFailure.within(what + settings.target(queue) + ": " + LastWords.of(answer.errors()), null);
    }

    /** Brings the image there if it is lacking. */
    void bring(CeQueue queue, PilotImage image) throws IOException, SshFailure {
        String digest = digest(image);
        if (isImageLacking(queue, digest)) {
            // rounds of computing elements that share an account wait here for the one that brings it
            synchronized (connection(queue).bringing(settings.sharedArea(queue) + "/image/" + digest)) {
                if (isImageLacking(queue, digest)) {
                    bring(queue, image, digest);
                }
            }
        }
    }

    private boolean isImageLacking(CeQueue queue, String digest) throws SshFailure {
        return isLacking(answer(queue, "image", "image " + digest + "\nend\n"));
    }

    private static boolean isLacking(DriverReply reply) {
        return reply.lines().stream().anyMatch(line -> line.word().equals("lacking"));
    }

    /** The command that runs the driver, which is brought there first unless this connection did so. */
    private String command(CeQueue queue, SshConnection connection, String request) throws SshFailure {
        String path = path(queue);
        if (!connection.hasInstalled(path)) {
            // for the login shell, whichever it is: one line, nothing in the quotes that it would read
            String directory = path.substring(0, path.lastIndexOf('/'));
            String part = path + ".$$";
            SshConnection.Answer answer = connection.run(
                    "/bin/sh -c 'umask 077; mkdir -p " + directory + " && cat >" + part + " && mv " + part + " " + path
                            + "'",
                    new ByteArrayInputStream(
                            settings.batchSystem(queue).driver().getBytes(StandardCharsets.UTF_8)),
                    LIMIT);
            if (!answer.exitStatus().equals(Optional.of(0))) {
                throw SshFailure.before(
                        "The driver could not be brought to " + settings.target(queue) + ": "
                                + LastWords.of(answer.errors()),
                        null);
            }
            connection.installed(path);
        }
        // shells end otherwise in different ways where there is no driver
        return "/bin/sh -c 'test -r " + path + " || exit 127; exec /bin/sh " + path + " " + request + "'";
    }

    private String path(CeQueue queue) {
        return settings.sharedArea(queue) + "/driver/"
                + settings.batchSystem(queue).driverName();
    }

    private SshConnection connection(CeQueue queue) {
        return connections.to(settings.target(queue));
    }

    private String digest(PilotImage image) throws IOException {
        String fingerprint = image.fingerprint();
        String known = digests.get(fingerprint);
        if (known == null) {
            known = image.digest();
            digests.clear();
            digests.put(fingerprint, known);
        }
        return known;
    }

    private void bring(CeQueue queue, PilotImage image, String digest) throws IOException, SshFailure {
        Path archive = Files.createTempFile("pilot-image", ".tgz");
        try {
            try (var target = Files.newOutputStream(archive)) {
                image.writeTo(target);
            }
            SshConnection connection = connection(queue);
            SshConnection.Answer answer;
            try (InputStream packed = Files.newInputStream(archive)) {
                answer = connection.run(command(queue, connection, "unpack " + digest), packed, UPLOAD_LIMIT);
            } catch (SshFailure failure) {
                throw SshFailure.before("The pilot's image could not be brought: " + failure.getMessage(), failure);
            }
            if (!answer.exitStatus().equals(Optional.of(0))) {
                throw SshFailure.before(
                        "The pilot's image could not be brought to " + settings.target(queue) + ": "
                                + LastWords.of(answer.errors()),
                        null);
            }
            LOG.pilotImageBrought(digest, settings.target(queue).toString());
        } finally {
            Files.deleteIfExists(archive);
        }
    }
}
