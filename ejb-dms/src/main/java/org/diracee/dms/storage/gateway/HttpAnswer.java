/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.diracee.dms.storage.boundary.StorageFailure;
import org.diracee.dms.storage.boundary.StorageFailure.Reason;
import org.diracee.framework.s3.boundary.S3Listing;

/**
 * What a storage element answers.
 *
 * @param body to be closed
 */
record HttpAnswer(HttpCall call, int status, HttpHeaders headers, InputStream body) implements AutoCloseable {

    private static final int LONGEST_REASON = 300;
    private static final int LONGEST_XML = 8192;

    boolean isGood() {
        return status / 100 == 2;
    }

    boolean isOneOf(int... statuses) {
        for (int each : statuses) {
            if (status == each) {
                return true;
            }
        }
        return false;
    }

    Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** Reads the rest, if it is short, so that the connection can be used again. */
    void drain() {
        try (InputStream rest = body) {
            rest.readNBytes(LONGEST_REASON);
        } catch (IOException broken) {
            // the answer was in its status
        }
    }

    /** What this answer means where another one was hoped for. */
    StorageFailure failure(String doing) {
        return new StorageFailure(
                reason(),
                call.place() + " could not be " + doing + ": " + call.method() + " was answered by HTTP " + status
                        + said());
    }

    private Reason reason() {
        return switch (status) {
            case 401, 403 -> Reason.DENIED;
            case 404, 410 -> Reason.ABSENT;
            case 412 -> Reason.PRESENT;
            case 413, 507 -> Reason.FULL;
            case 408, 425, 429 -> Reason.AWAY;
            case 501, 505 -> Reason.BROKEN;
            default -> status >= 500 ? Reason.AWAY : Reason.BROKEN;
        };
    }

    /** The beginning of a text that explains it, or the code of an S3 store. */
    private String said() {
        String type = header("content-type").orElse("text/plain");
        try (InputStream rest = body) {
            byte[] bytes = rest.readNBytes(type.contains("xml") ? LONGEST_XML : LONGEST_REASON);
            if (type.contains("xml")) {
                return S3Listing.errorCode(bytes);
            }
            String text = new String(bytes, StandardCharsets.UTF_8)
                    .replaceAll("[^\\x20-\\x7e]+", " ")
                    .strip();
            return text.isEmpty() || !type.startsWith("text/plain") ? "" : ", " + text;
        } catch (IOException broken) {
            return "";
        }
    }

    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException broken) {
            // nothing more was wanted of it
        }
    }
}
