/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.wrapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.diracee.client.sandbox.InvalidSandbox;
import org.diracee.client.sandbox.PackedSandbox;
import org.diracee.client.sandbox.SandboxPacker;
import org.diracee.client.sandbox.SandboxUnpacker;
import org.diracee.client.sandbox.Sha256;
import org.diracee.client.sandbox.UnpackLimits;
import org.diracee.pilot.control.Backoff;
import org.diracee.pilot.control.Server;
import org.diracee.pilot.control.ServerAway;
import org.diracee.pilot.control.ServerRefusal;
import org.diracee.pilot.control.Stop;
import org.diracee.pilot.log.PilotLog;

/** Brings the sandboxes of one job in and out, waiting for the server if it is away. */
final class SandboxTransfer {

    private static final long MEGABYTE = 1024 * 1024;
    private static final long MAX_ARCHIVE_BYTES = 1024 * MEGABYTE;
    private static final String STORE_PREFIX = "SB:";
    private static final String LFN_PREFIX = "LFN:";
    private static final String SCOPE = "Sandbox";

    private final Server server;
    private final JobToken token;
    private final Backoff backoff;
    private final Duration longest;
    private final long maxOutputBytes;
    private final PilotLog log;
    private final Stop<StopCause> stop;

    SandboxTransfer(Server server, JobToken token, WrapperSettings settings, PilotLog log, Stop<StopCause> stop) {
        this.server = server;
        this.token = token;
        this.backoff = settings.backoff();
        this.longest = settings.reportTimeout();
        this.maxOutputBytes = settings.outputSandboxBytes();
        this.log = log;
        this.stop = stop;
    }

    /** @throws JobFailure if a sandbox cannot be had or is not safe to unpack */
    void fetchInput(List<String> sandboxes, WorkDirectory directory) {
        for (String sandbox : sandboxes) {
            if (sandbox.startsWith(STORE_PREFIX)) {
                fetch(sandbox, directory);
            } else if (sandbox.startsWith(LFN_PREFIX)) {
                throw new JobFailure(
                        MinorStatus.FAILED_DOWNLOADING_INPUT_SANDBOX_LFN,
                        "This pilot cannot fetch files of the catalogue yet: " + sandbox);
            }
            // other names are those of files that the client has packed into a sandbox beside them
        }
    }

    private void fetch(String pfn, WorkDirectory directory) {
        Path archive = directory.inputArchive();
        try {
            retrying("fetching the input sandbox", () -> {
                server.downloadSandbox(token.value(), pfn, archive, MAX_ARCHIVE_BYTES);
                return true;
            });
            Sha256.require(pfn, archive);
            new SandboxUnpacker(UnpackLimits.STANDARD).unpack(archive, directory.job());
            Files.delete(archive);
        } catch (InvalidSandbox unsafe) {
            throw failedInput(String.valueOf(unsafe.getMessage()));
        } catch (IOException | UncheckedIOException unwritable) {
            throw failedInput("The input sandbox cannot be written: " + unwritable.getMessage());
        } catch (ServerRefusal refusal) {
            throw failedInput(refusal.detail());
        } catch (ServerAway away) {
            throw failedInput("The server could not be reached in " + longest.toSeconds() + " s: " + away.getMessage());
        }
    }

    private static JobFailure failedInput(String reason) {
        return new JobFailure(MinorStatus.FAILED_DOWNLOADING_INPUT_SANDBOX, reason);
    }

    /**
     * Packs and stores the outputs and tells the server whose they are.
     *
     * @return the PFN
     * @throws JobFailure if they are too large or the server does not take them
     */
    String storeOutput(Map<String, Path> files, WorkDirectory directory) {
        try {
            PackedSandbox packed = new SandboxPacker(SandboxPacker.Links.REFUSE).pack(files, directory.outputArchive());
            if (packed.size() > maxOutputBytes) {
                throw new JobFailure(
                        MinorStatus.UPLOADING_OUTPUT_SANDBOX,
                        "The output sandbox is %.1f MB packed, allowed are %d MB; largest: %s"
                                .formatted(
                                        (double) packed.size() / MEGABYTE, maxOutputBytes / MEGABYTE, largest(files)));
            }
            return retrying("storing the output sandbox", () -> {
                String pfn = server.uploadSandbox(
                        token.value(), packed.archive(), packed.sha256(), packed.size(), PackedSandbox.FORMAT);
                server.assignOutputSandbox(token.value(), token.job(), pfn);
                return pfn;
            });
        } catch (IOException unreadable) {
            throw failedOutput("The output sandbox cannot be packed: " + unreadable.getMessage());
        } catch (ServerRefusal refusal) {
            throw failedOutput(refusal.detail());
        } catch (ServerAway away) {
            throw failedOutput(
                    "The server could not be reached in " + longest.toSeconds() + " s: " + away.getMessage());
        }
    }

    private static JobFailure failedOutput(String reason) {
        return new JobFailure(MinorStatus.UPLOADING_OUTPUT_SANDBOX, reason);
    }

    private static String largest(Map<String, Path> files) throws IOException {
        Map<String, Long> sizes = new HashMap<>();
        for (Map.Entry<String, Path> file : files.entrySet()) {
            sizes.put(file.getKey(), Files.size(file.getValue()));
        }
        return sizes.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(file -> "'%s' (%.1f MB)".formatted(file.getKey(), (double) file.getValue() / MEGABYTE))
                .orElse("none");
    }

    private <T> T retrying(String what, Supplier<T> call) {
        long end = System.nanoTime() + longest.toNanos();
        for (int failed = 1; ; failed++) {
            String bearer = token.value();
            try {
                return call.get();
            } catch (ServerAway away) {
                if (System.nanoTime() > end || stop.isRequested()) {
                    throw away;
                }
                if (failed == 1) {
                    log.warn(SCOPE, what + " of job " + token.job() + " waits for the server: " + away.getMessage());
                }
            } catch (ServerRefusal refusal) {
                // the token may have been renewed by a heartbeat just now
                if (!refusal.isUnauthenticated() || bearer.equals(token.value())) {
                    throw refusal;
                }
            }
            stop.await(backoff.pause(failed));
        }
    }
}
