/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.sandboxes;

import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.apache.commons.fileupload2.core.MultipartInput;
import org.apache.commons.fileupload2.core.ParameterParser;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.error.MalformedRequest;

/**
 * A posted form whose last part is the file: small fields are kept, the file is handed on as it comes. Holds a few kilobytes
 * whatever comes.
 */
final class MultipartUpload {

    private static final int MAX_FIELDS = 20;
    private static final int MAX_FIELD = 1024;
    private static final int MAX_HEADERS = 2048;
    private static final String FILE = "file";

    private final Map<String, String> fields = new LinkedHashMap<>();
    private final InputStream file;

    private MultipartUpload(Map<String, String> fields, InputStream file) {
        this.fields.putAll(fields);
        this.file = file;
    }

    /**
     * Reads up to the beginning of the file.
     *
     * @throws MalformedRequest if this is no such form
     * @throws InvalidRequest if the body broke off
     */
    static MultipartUpload begin(MediaType contentType, InputStream body) {
        String boundary = contentType.getParameters().get("boundary");
        if (boundary == null || boundary.isEmpty()) {
            throw new MalformedRequest("The form has no boundary: Content-Type must name it");
        }
        try {
            MultipartInput input = MultipartInput.builder()
                    .setInputStream(body)
                    .setBoundary(boundary.getBytes(StandardCharsets.ISO_8859_1))
                    .setMaxPartHeaderSize(MAX_HEADERS)
                    .get();
            Map<String, String> fields = new LinkedHashMap<>();
            boolean part = input.skipPreamble();
            while (part) {
                String name = name(input.readHeaders())
                        .orElseThrow(() -> new MalformedRequest("A part of the form has no name"));
                if (name.equals(FILE)) {
                    return new MultipartUpload(fields, input.newInputStream());
                }
                if (fields.size() == MAX_FIELDS) {
                    throw new MalformedRequest("The form has more than " + MAX_FIELDS + " fields before its file");
                }
                fields.put(name, field(name, input));
                part = input.readBoundary();
            }
        } catch (FileUploadException | IllegalArgumentException wrong) {
            throw new MalformedRequest("The body is no multipart form that could be read");
        } catch (IOException broken) {
            throw new InvalidRequest("The request broke off before the file came");
        }
        throw new MalformedRequest("The form has no part '" + FILE + "'");
    }

    Map<String, String> fields() {
        return Map.copyOf(fields);
    }

    /** The file's bytes, as the client sends them; the form's own end marks are left out. */
    InputStream file() {
        return file;
    }

    private static String field(String name, MultipartInput input) throws IOException {
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        try (InputStream part = input.newInputStream()) {
            value.write(part.readNBytes(MAX_FIELD + 1));
        }
        if (value.size() > MAX_FIELD) {
            throw new MalformedRequest("The field '" + name + "' is longer than " + MAX_FIELD + " bytes");
        }
        return value.toString(StandardCharsets.UTF_8);
    }

    private static Optional<String> name(String headers) {
        for (String header : headers.split("\r\n", -1)) {
            int colon = header.indexOf(':');
            if (colon > 0
                    && header.substring(0, colon)
                            .strip()
                            .toLowerCase(Locale.ROOT)
                            .equals("content-disposition")) {
                ParameterParser parser = new ParameterParser();
                parser.setLowerCaseNames(true);
                return Optional.ofNullable(
                        parser.parse(header.substring(colon + 1), ';').get("name"));
            }
        }
        return Optional.empty();
    }
}
