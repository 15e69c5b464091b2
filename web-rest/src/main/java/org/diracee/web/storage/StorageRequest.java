/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.storage;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.diracee.dms.catalog.boundary.Checksums;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.SeName;
import org.diracee.web.identity.NotAuthenticated;
import org.jspecify.annotations.Nullable;

/** What a request for bytes names: the token, the storage element and the file. */
record StorageRequest(String token, SeName se, Lfn lfn) {

    private static final String PREFIX = "/api/storage-data/";
    private static final String BEARER = "Bearer ";

    static StorageRequest of(HttpServletRequest request) {
        String path = request.getRequestURI().substring(PREFIX.length() - 1);
        List<String> parts = Arrays.stream(path.split("/", -1))
                .filter(part -> !part.isEmpty())
                .map(StorageRequest::decoded)
                .toList();
        if (parts.isEmpty()) {
            throw new InvalidRequest("The name of a storage element and an LFN must follow " + PREFIX);
        }
        if (request.getMethod().equals("OPTIONS")) {
            return new StorageRequest("", new SeName(parts.get(0)), Lfn.ROOT);
        }
        String authorization = request.getHeader("Authorization");
        if (authorization == null || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw new NotAuthenticated();
        }
        return new StorageRequest(
                authorization.substring(BEARER.length()).strip(),
                new SeName(parts.get(0)),
                new Lfn("/" + String.join("/", parts.subList(1, parts.size()))));
    }

    /**
     * The checksums that the client announces.
     *
     * @see "RFC 3230, section 4.3.2"
     */
    static Checksums digest(HttpServletRequest request) {
        Optional<String> adler32 = Optional.empty();
        Optional<String> sha256 = Optional.empty();
        @Nullable String header = request.getHeader("Digest");
        for (String value : header == null ? List.<String>of() : List.of(header.split(",", -1))) {
            int equals = value.indexOf('=');
            String name = equals < 0 ? "" : value.substring(0, equals).strip().toLowerCase(Locale.ROOT);
            String text = value.substring(equals + 1).strip();
            switch (name) {
                case "adler32" -> adler32 = Optional.of(text);
                case "sha-256" -> sha256 = Optional.of(fromBase64(text));
                default -> {
                    // others we cannot check
                }
            }
        }
        return new Checksums(adler32, sha256);
    }

    /** As a {@code Digest} header tells them. */
    static Optional<String> digestText(Checksums checksums) {
        List<String> values = new ArrayList<>();
        checksums.adler32().ifPresent(text -> values.add("adler32=" + text));
        checksums
                .sha256()
                .ifPresent(text -> values.add("sha-256="
                        + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(text))));
        return values.isEmpty() ? Optional.empty() : Optional.of(String.join(",", values));
    }

    static long number(HttpServletRequest request, String header) {
        @Nullable String text = request.getHeader(header);
        if (text == null || !text.matches("[0-9]{1,18}")) {
            throw new InvalidRequest(header + ": " + (text == null ? "the header is missing" : "no number of bytes")
                    + "; a piece has Upload-Offset, where it begins, and Upload-Length, the size of the whole file");
        }
        return Long.parseLong(text);
    }

    private static String fromBase64(String text) {
        try {
            return HexFormat.of().formatHex(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException malformed) {
            throw new InvalidRequest("Digest: sha-256 is written in base64");
        }
    }

    private static String decoded(String part) {
        try {
            String text = URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
            if (text.indexOf('/') >= 0) {
                throw new InvalidRequest(ErrorCode.INVALID_REQUEST, "No part of an LFN has a slash");
            }
            return text;
        } catch (IllegalArgumentException malformed) {
            throw new InvalidRequest("A part of the path is not properly encoded");
        }
    }
}
