/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.json;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.FieldError;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.error.MalformedRequest;
import org.jspecify.annotations.Nullable;

/**
 * Says in our words what is wrong with a JSON document: where, and what is allowed.
 *
 * @param hidesKeys whether the keys of the whole are {@link SecretKeys}
 */
record MalformedJson(boolean hidesKeys) {

    private static final int SHOWN = 120;
    private static final Pattern REPEATED = Pattern.compile("(?s)Duplicate (?:field|Object property) ['\"](.*)['\"].*");

    DiracException explain(JsonProcessingException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DiracException ours) {
                return located(ours, failure);
            }
        }
        Optional<JsonProcessingException> broken = broken(failure);
        if (broken.isPresent()) {
            return refusal(broken.get());
        }
        if (failure instanceof UnrecognizedPropertyException unknown) {
            return at(path(unknown), unknownField(unknown));
        }
        if (failure instanceof InvalidFormatException wrong) {
            return at(
                    path(wrong),
                    "'" + shortened(String.valueOf(wrong.getValue())) + "' is not allowed: expected is "
                            + expected(wrong.getTargetType()));
        }
        if (failure instanceof MismatchedInputException wrong) {
            return mismatch(wrong);
        }
        return failure instanceof JsonMappingException mapping
                ? at(path(mapping), "the value is not allowed")
                : new MalformedRequest("The JSON cannot be read" + position(failure.getLocation()));
    }

    /** What is no JSON at all; inside lists and objects it comes wrapped. */
    private static Optional<JsonProcessingException> broken(JsonProcessingException failure) {
        return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
                // a number that the field cannot hold is JSON yet
                .filter(cause -> (cause instanceof StreamReadException && !(cause instanceof InputCoercionException))
                        || cause instanceof StreamConstraintsException)
                .map(JsonProcessingException.class::cast)
                .findFirst();
    }

    private DiracException refusal(JsonProcessingException broken) {
        String position = position(broken.getLocation());
        if (broken instanceof StreamConstraintsException) {
            return new MalformedRequest(
                    "The JSON is nested too deeply or has a text or number that is too long" + position);
        }
        Matcher twice = REPEATED.matcher(String.valueOf(broken.getOriginalMessage()));
        String reason = twice.matches()
                ? "the field '" + shortened(twice.group(1)) + "' is there twice"
                : firstSentence(broken.getOriginalMessage());
        return new MalformedRequest("The JSON is broken" + position + (hidesKeys ? "" : ": " + reason));
    }

    private DiracException mismatch(MismatchedInputException wrong) {
        String path = path(wrong);
        if (path.isEmpty() && wrong.getOriginalMessage().startsWith("No content")) {
            return new MalformedRequest("The request body is missing");
        }
        if (wrong.getOriginalMessage().startsWith("Trailing token")) {
            return new MalformedRequest("There is something after the end of the JSON" + position(wrong.getLocation()));
        }
        return at(path, "expected is " + expected(wrong.getTargetType()));
    }

    /** A value of ours that refused a text keeps its kind of error; the path says where. */
    private DiracException located(DiracException ours, JsonProcessingException failure) {
        String path = failure instanceof JsonMappingException mapping ? path(mapping) : "";
        if (path.isEmpty()) {
            return ours;
        }
        return new InvalidRequest(
                ours.code(), path + ": " + ours.detail(), List.of(new FieldError(path, ours.detail())));
    }

    private static MalformedRequest at(String path, String message) {
        return path.isEmpty()
                ? new MalformedRequest("The request body is wrong: " + message)
                : new MalformedRequest(path + ": " + message, List.of(new FieldError(path, message)));
    }

    private static String unknownField(UnrecognizedPropertyException unknown) {
        String allowed = Optional.ofNullable(unknown.getKnownPropertyIds()).orElse(List.of()).stream()
                .map(String::valueOf)
                .sorted()
                .collect(Collectors.joining(", "));
        return "the field is unknown" + (allowed.isEmpty() ? "" : "; known are " + allowed);
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "another type";
        }
        if (type == Instant.class) {
            return "a time as ISO-8601 with an offset, for instance 2026-11-22T14:30:05Z";
        }
        if (type == String.class) {
            return "a text";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == double.class || type == Double.class || type == float.class || type == Float.class) {
            return "a number";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a whole number";
        }
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(Objects::toString)
                            .collect(Collectors.joining(", "));
        }
        if (Collection.class.isAssignableFrom(type) || type.isArray()) {
            return "a list";
        }
        if (type.isRecord()) {
            // one that is written as its only value is read as that
            return Arrays.stream(type.getRecordComponents())
                    .filter(component -> component.getAccessor().isAnnotationPresent(JsonValue.class))
                    .findFirst()
                    .map(component -> expected(component.getType()))
                    .orElse("an object");
        }
        return Map.class.isAssignableFrom(type) ? "an object" : "another type";
    }

    /** The path as a client would write it: {@code search[0].operator}. */
    private String path(JsonMappingException failure) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : failure.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".")
                        .append(hidesKeys && path.isEmpty() ? SecretKeys.SHOWN : shortened(step.getFieldName()));
            }
        }
        return path.toString();
    }

    private static String position(@Nullable JsonLocation location) {
        return location == null || location.getLineNr() < 1
                ? ""
                : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static String firstSentence(String message) {
        String line = message.lines().findFirst().orElse("");
        return shortened(line.replaceAll(" \\(?at \\[.*", "").replaceAll(" \\(code [0-9]+[^)]*\\)", ""));
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
