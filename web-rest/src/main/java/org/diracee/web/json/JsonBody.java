/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Arrays;
import org.diracee.client.wire.WireMapper;
import org.diracee.kernel.error.MalformedRequest;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes all JSON bodies with one mapper, within a size limit.
 *
 * <p>It stands before the server's own JSON providers because those make their own mapper, know no limit, and answer
 * broken JSON before our error mappers see it.
 */
@Provider
@Consumes({"application/json", "application/*+json"})
@Produces({"application/json", "application/*+json"})
public class JsonBody implements MessageBodyReader<Object>, MessageBodyWriter<Object> {

    private static final ObjectMapper MAPPER = WireMapper.strict();
    private static final long MEBIBYTE = 1024L * 1024;

    @Override
    public boolean isReadable(Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
        return isJson(type);
    }

    @Override
    public @Nullable Object readFrom(
            Class<Object> type,
            Type generic,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream body)
            throws IOException {
        long limit = limit(annotations);
        if (declaredLength(headers) > limit) {
            throw LimitedStream.tooLarge(limit);
        }
        boolean isOptional = Arrays.stream(annotations).anyMatch(OptionalBody.class::isInstance);
        PushbackInputStream content = new PushbackInputStream(new LimitedStream(body, limit));
        int first = content.read();
        if (first < 0) {
            if (isOptional) {
                return null;
            }
            throw new MalformedRequest("The request body is missing");
        }
        content.unread(first);
        try {
            Object value = MAPPER.readerFor(MAPPER.constructType(generic)).readValue(content);
            if (value == null && !isOptional) {
                throw new MalformedRequest("The request body is null");
            }
            return value;
        } catch (JsonProcessingException wrong) {
            boolean hidesKeys = Arrays.stream(annotations).anyMatch(SecretKeys.class::isInstance);
            throw new MalformedJson(hidesKeys).explain(wrong);
        }
    }

    @Override
    public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
        return isJson(type);
    }

    @Override
    public void writeTo(
            Object value,
            Class<?> type,
            Type generic,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream body)
            throws IOException {
        // the container closes the stream, after filters had their say
        MAPPER.writer().without(JsonGenerator.Feature.AUTO_CLOSE_TARGET).writeValue(body, value);
    }

    private static boolean isJson(Class<?> type) {
        return type != byte[].class
                && !InputStream.class.isAssignableFrom(type)
                && !Reader.class.isAssignableFrom(type)
                && !File.class.isAssignableFrom(type)
                && !StreamingOutput.class.isAssignableFrom(type);
    }

    private static long limit(Annotation[] annotations) {
        return Arrays.stream(annotations)
                        .filter(BodyLimit.class::isInstance)
                        .map(annotation -> ((BodyLimit) annotation).mebibytes())
                        .findFirst()
                        .orElse(BodyLimit.DEFAULT_MEBIBYTES)
                * MEBIBYTE;
    }

    private static long declaredLength(MultivaluedMap<String, String> headers) {
        String length = headers.getFirst(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? -1 : Long.parseLong(length);
        } catch (NumberFormatException notALength) {
            return -1;
        }
    }
}
