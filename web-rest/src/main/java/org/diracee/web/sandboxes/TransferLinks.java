/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.sandboxes;

import jakarta.ws.rs.core.UriBuilder;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.wms.sandbox.boundary.PresignedTransfer;
import org.diracee.wms.sandbox.boundary.SandboxPfn;
import org.diracee.wms.sandbox.boundary.SignedTransfer;
import org.diracee.wms.sandbox.boundary.Transfer;
import org.diracee.wms.sandbox.boundary.TransferDirection;
import org.jspecify.annotations.Nullable;

/** Writes signed transfers as URLs and form fields, and reads them back. */
final class TransferLinks {

    static final String PATH = "api/sandbox-transfers";

    private static final String SIZE = "size";
    private static final String EXPIRES = "expires";
    private static final String KEY = "key-id";
    private static final String HOLDER = "holder";
    private static final String SIGNATURE = "signature";

    private TransferLinks() {}

    /** The address of a sandbox's bytes; an upload's credential is in its {@link #fields}, so that no log keeps it. */
    static String uploadUrl(String publicUrl, Transfer transfer) {
        if (transfer instanceof SignedTransfer signed) {
            return address(publicUrl, signed.pfn()).build().toString();
        }
        return ((PresignedTransfer) transfer).url().toString();
    }

    /** The address with the credential in its query, as whoever fetches it sends nothing else. */
    static String downloadUrl(String publicUrl, Transfer transfer) {
        if (transfer instanceof SignedTransfer signed) {
            UriBuilder builder = address(publicUrl, signed.pfn());
            fields(signed).forEach(builder::queryParam);
            return builder.build().toString();
        }
        return ((PresignedTransfer) transfer).url().toString();
    }

    private static UriBuilder address(String publicUrl, SandboxPfn pfn) {
        return UriBuilder.fromUri(publicUrl).path(PATH).path(pfn.toString());
    }

    /** The fields of an upload's form. */
    static Map<String, String> fields(Transfer transfer) {
        return transfer instanceof SignedTransfer signed ? fields(signed) : ((PresignedTransfer) transfer).fields();
    }

    private static Map<String, String> fields(SignedTransfer transfer) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(SIZE, Long.toString(transfer.size()));
        fields.put(EXPIRES, Long.toString(transfer.expires().getEpochSecond()));
        fields.put(KEY, Long.toString(transfer.keyId()));
        fields.put(HOLDER, transfer.holder());
        fields.put(SIGNATURE, transfer.signature());
        return fields;
    }

    /** @throws InvalidRequest if a part is missing or no number; whether the whole is ours is for the store to say */
    static SignedTransfer read(TransferDirection direction, String path, Map<String, String> fields) {
        try {
            return new SignedTransfer(
                    direction,
                    SandboxPfn.parse("/" + path),
                    number(fields, SIZE),
                    Instant.ofEpochSecond(number(fields, EXPIRES)),
                    number(fields, KEY),
                    required(fields, HOLDER),
                    required(fields, SIGNATURE));
        } catch (DateTimeException outOfTime) {
            throw malformed(EXPIRES);
        }
    }

    private static long number(Map<String, String> fields, String name) {
        try {
            return Long.parseLong(required(fields, name));
        } catch (NumberFormatException notANumber) {
            throw malformed(name);
        }
    }

    private static String required(Map<String, String> fields, String name) {
        @Nullable String value = fields.get(name);
        if (value == null) {
            throw new InvalidRequest("The link to the sandbox is not complete: it lacks '" + name + "'");
        }
        return value;
    }

    private static InvalidRequest malformed(String name) {
        return new InvalidRequest("The link to the sandbox is damaged: its '" + name + "' is not a number we gave");
    }
}
