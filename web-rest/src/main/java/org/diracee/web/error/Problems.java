/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.error;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.diracee.client.wire.ProblemDocument;
import org.diracee.framework.limit.boundary.TooManyRequests;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.ErrorKind;
import org.diracee.kernel.error.FieldError;
import org.diracee.kernel.error.Unavailable;
import org.diracee.web.WebLog;
import org.diracee.web.http.RateLimitHeaders;
import org.diracee.web.json.SecretKeys;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Decides the answer to every failure: the only place that knows which kind of error has which HTTP status. */
public final class Problems {

    private static final Logger DEBUG = Logger.getLogger(Problems.class);
    private static final String TYPE_PREFIX = "urn:diracee:problem:";
    private static final Pattern PARAMETER = Pattern.compile("Param\\(\"([^\"]{1,64})\"\\) value is '([^']{0,64})'");
    private static final int DEEPEST_CAUSE = 20;
    private static final Duration UNAVAILABLE_FOR = Duration.ofSeconds(10);
    private static final Duration RUNNING_DUPLICATE_FOR = Duration.ofSeconds(1);

    private Problems() {}

    /** The HTTP status of a kind of error. */
    public static int status(ErrorKind kind) {
        return switch (kind) {
            case MALFORMED -> 422;
            case INVALID, LIMIT -> 400;
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case GONE -> 410;
            case TOO_LARGE -> 413;
            case RATE -> 429;
            case INTERNAL -> 500;
            case UPSTREAM -> 502;
            case UNAVAILABLE -> 503;
        };
    }

    /** The HTTP status of an error; errors that are facts of HTTP itself have a status of their own. */
    public static int status(ErrorCode code) {
        return switch (code) {
            case METHOD_NOT_ALLOWED -> 405;
            case NOT_ACCEPTABLE -> 406;
            case UNSUPPORTED_MEDIA_TYPE -> 415;
            default -> status(code.kind());
        };
    }

    /** The answer to a failure, logged once if it is not the client's mistake. */
    public static Response response(Throwable failure, RequestFacts request) {
        Optional<DiracException> known = known(failure);
        if (known.isPresent()) {
            return known(known.get(), request);
        }
        Optional<NothingSucceeded> bulk = cause(failure, NothingSucceeded.class);
        if (bulk.isPresent()) {
            NothingSucceeded all = bulk.get();
            return answer(
                    all.status(),
                    document(all.status(), all.code(), all.answer(), List.of(), request.id()),
                    Optional.empty());
        }
        Optional<ConstraintViolationException> violation = cause(failure, ConstraintViolationException.class);
        if (violation.isPresent()) {
            return violated(violation.get(), request);
        }
        Optional<WebApplicationException> http = cause(failure, WebApplicationException.class);
        if (http.isPresent()) {
            return http(http.get(), request);
        }
        return foreign(failure, request);
    }

    /** The failure as one of ours: what somebody threw, or that the database is away. */
    public static Optional<DiracException> known(Throwable failure) {
        return cause(failure, DiracException.class).or(() -> causes(failure)
                .filter(Problems::isOutage)
                .findFirst()
                .map(outage ->
                        new Unavailable("The database cannot be reached for now; repeat the request later", outage))
                .or(() -> causes(failure)
                        .filter(Problems::isRing)
                        .findFirst()
                        .map(ring -> new Unavailable("Others change the same just now; repeat the request", ring))));
    }

    /** The document of an error. */
    public static ProblemDocument document(
            int status, ErrorCode code, Object detail, List<FieldError> fields, String requestId) {
        return new ProblemDocument(
                TYPE_PREFIX + code.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                code.title(),
                status,
                detail,
                requestId,
                code.name(),
                code.errno(),
                fields.stream()
                        .map(field -> new ProblemDocument.FieldProblem(field.field(), field.message(), field.values()))
                        .toList(),
                oauthName(code));
    }

    private static Response known(DiracException failure, RequestFacts request) {
        ErrorCode code = failure.code();
        int status = status(code);
        if (code.kind() == ErrorKind.INTERNAL) {
            WebLog.LOG.internalError(request.id(), failure);
        } else if (status >= 500) {
            WebLog.LOG.dependencyDown(request.id(), reason(failure));
        } else {
            DEBUG.debugf("Request %s refused: %s %s", request.id(), code, failure.detail());
        }
        Optional<Duration> retryAfter = failure.retryAfter().or(() -> customaryDelay(code));
        Response answer =
                answer(status, document(status, code, failure.detail(), failure.fields(), request.id()), retryAfter);
        if (failure instanceof TooManyRequests refusal) {
            RateLimitHeaders.of(refusal.allowance()).forEach(answer.getHeaders()::putSingle);
        }
        return answer;
    }

    private static Response violated(ConstraintViolationException failure, RequestFacts request) {
        List<FieldError> fields = failure.getConstraintViolations().stream()
                .map(violation -> new FieldError(field(violation), violation.getMessage()))
                .sorted(Comparator.comparing(FieldError::field).thenComparing(FieldError::message))
                .toList();
        String detail = fields.stream()
                .map(field -> field.field().isEmpty() ? field.message() : field.field() + ": " + field.message())
                .collect(Collectors.joining("; "));
        return refused(ErrorCode.MALFORMED_REQUEST, detail, fields, request);
    }

    private static Response http(WebApplicationException failure, RequestFacts request) {
        Response given = failure.getResponse();
        if (given.getStatus() < 400) {
            return given;
        }
        if (failure instanceof NotFoundException && failure.getCause() != null) {
            return wrongParameter(failure, request);
        }
        if (failure instanceof NotFoundException) {
            return refused(ErrorCode.NOT_FOUND, "There is nothing at " + request.path(), List.of(), request);
        }
        if (failure instanceof NotAllowedException) {
            String allowed = given.getAllowedMethods().stream().sorted().collect(Collectors.joining(", "));
            Response answer = refused(
                    ErrorCode.METHOD_NOT_ALLOWED,
                    request.method() + " is not allowed at " + request.path()
                            + (allowed.isEmpty() ? "" : ": allowed is " + allowed),
                    List.of(),
                    request);
            return Response.fromResponse(answer)
                    .header(HttpHeaders.ALLOW, allowed)
                    .build();
        }
        if (failure instanceof NotSupportedException) {
            return refused(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                    request.contentType()
                                    .map(type -> "The content type '" + type + "' is not supported")
                                    .orElse("The content type is missing")
                            + " at " + request.path() + ": allowed is " + ContentTypes.allowedAt(request.path()),
                    List.of(),
                    request);
        }
        if (failure instanceof NotAcceptableException) {
            return refused(
                    ErrorCode.NOT_ACCEPTABLE,
                    "The answer has none of the content types that the Accept header names",
                    List.of(),
                    request);
        }
        if (given.getStatus() >= 500) {
            return foreign(failure, request);
        }
        // what remains are the JAX-RS runtime's own refusals, which have no detail for clients
        return answer(
                given.getStatus(),
                document(
                        given.getStatus(),
                        ErrorCode.INVALID_REQUEST,
                        "The request cannot be understood",
                        List.of(),
                        request.id()),
                Optional.empty());
    }

    /** JAX-RS takes a value of the wrong type in a path or query for a path that does not exist. */
    private static Response wrongParameter(WebApplicationException failure, RequestFacts request) {
        Matcher named = PARAMETER.matcher(String.valueOf(failure.getMessage()));
        String name = named.find() ? named.group(1) : "";
        String message = name.isEmpty()
                ? "A parameter has a value of the wrong type"
                : "'" + named.group(2) + "' is not a value of the right type";
        return refused(
                ErrorCode.MALFORMED_REQUEST,
                name.isEmpty() ? message : name + ": " + message,
                name.isEmpty() ? List.of() : List.of(new FieldError(name, message)),
                request);
    }

    private static Response foreign(Throwable failure, RequestFacts request) {
        if (causes(failure).anyMatch(Problems::isClash)) {
            return refused(
                    ErrorCode.CONFLICT, "Somebody else changed the same thing at the same time", List.of(), request);
        }
        WebLog.LOG.internalError(request.id(), failure);
        return answer(
                500,
                document(
                        500,
                        ErrorCode.INTERNAL_ERROR,
                        "Internal error; the administrators find it in the log under request " + request.id(),
                        List.of(),
                        request.id()),
                Optional.empty());
    }

    private static Response refused(ErrorCode code, String detail, List<FieldError> fields, RequestFacts request) {
        DEBUG.debugf("Request %s refused: %s %s", request.id(), code, detail);
        int status = status(code);
        return answer(status, document(status, code, detail, fields, request.id()), Optional.empty());
    }

    private static Response answer(int status, ProblemDocument document, Optional<Duration> retryAfter) {
        Response.ResponseBuilder answer = Response.status(status)
                .type(ProblemDocument.MEDIA_TYPE)
                .entity(document)
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
        if (status == 401) {
            boolean isOfClient = ErrorCode.CLIENT_NOT_AUTHENTICATED.name().equals(document.code());
            answer.header(HttpHeaders.WWW_AUTHENTICATE, isOfClient ? "Basic realm=\"DIRAC\"" : "Bearer");
        }
        retryAfter.ifPresent(delay -> answer.header(HttpHeaders.RETRY_AFTER, Math.max(1, delay.toSeconds())));
        return answer.build();
    }

    private static Optional<Duration> customaryDelay(ErrorCode code) {
        if (code == ErrorCode.REQUEST_IN_PROGRESS) {
            return Optional.of(RUNNING_DUPLICATE_FOR);
        }
        return code.kind() == ErrorKind.UNAVAILABLE || code.kind() == ErrorKind.RATE
                ? Optional.of(UNAVAILABLE_FOR)
                : Optional.empty();
    }

    /** Clients of the log-in read OAuth's member {@code error} (RFC 6749 5.2, RFC 8628 3.5). */
    private static Optional<String> oauthName(ErrorCode code) {
        return switch (code) {
            case ACCESS_DENIED,
                    AUTHORIZATION_PENDING,
                    INVALID_CLIENT,
                    INVALID_GRANT,
                    INVALID_SCOPE,
                    INVALID_TARGET,
                    UNAUTHORIZED_CLIENT,
                    UNSUPPORTED_GRANT_TYPE,
                    UNSUPPORTED_TOKEN_TYPE -> Optional.of(code.name().toLowerCase(Locale.ROOT));
            case INVALID_TOKEN_REQUEST -> Optional.of("invalid_request");
            case INVALID_REFRESH_TOKEN -> Optional.of("invalid_grant");
            case DEVICE_CODE_EXPIRED -> Optional.of("expired_token");
            case UNKNOWN_CLIENT, CLIENT_NOT_AUTHENTICATED -> Optional.of("invalid_client");
            default -> Optional.empty();
        };
    }

    /** The path of the field as the client wrote it: JSON names, and the names of the query instead of Java's. */
    private static String field(ConstraintViolation<?> violation) {
        List<Path.Node> nodes = StreamSupport.stream(violation.getPropertyPath().spliterator(), false)
                .toList();
        boolean isInBody = nodes.stream()
                .anyMatch(node ->
                        node.getKind() == ElementKind.PROPERTY || node.getKind() == ElementKind.CONTAINER_ELEMENT);
        boolean hidesKeys = hidesKeys(violation.getRootBeanClass(), nodes.get(0).getName());
        StringBuilder field = new StringBuilder();
        for (Path.Node node : nodes) {
            if (node.getIndex() != null) {
                field.append('[').append(node.getIndex()).append(']');
            } else if (node.getKey() != null) {
                field.append(field.isEmpty() ? "" : ".")
                        .append(hidesKeys && field.isEmpty() ? SecretKeys.SHOWN : node.getKey());
            }
            String name = name(node, violation.getLeafBean(), isInBody);
            field.append(field.isEmpty() || name.isEmpty() ? "" : ".").append(name);
        }
        return field.toString();
    }

    /** Whether the method, which a subclass of the server's may have overridden, takes a body whose keys are secrets. */
    private static boolean hidesKeys(Class<?> resource, String method) {
        return Stream.<Class<?>>iterate(resource, Objects::nonNull, Class::getSuperclass)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(declared -> declared.getName().equals(method))
                .flatMap(declared -> Arrays.stream(declared.getParameters()))
                .anyMatch(parameter -> parameter.isAnnotationPresent(SecretKeys.class));
    }

    private static String name(Path.Node node, @Nullable Object bean, boolean isInBody) {
        return switch (node.getKind()) {
            case PROPERTY -> jsonName(bean, node.getName());
            case PARAMETER ->
                isInBody ? "" : node.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
            default -> "";
        };
    }

    private static String jsonName(@Nullable Object bean, String component) {
        if (bean == null) {
            return component;
        }
        return Arrays.stream(bean.getClass().getDeclaredMethods())
                .filter(method -> method.getName().equals(component) && method.getParameterCount() == 0)
                .map(method -> method.getAnnotation(JsonProperty.class))
                .filter(Objects::nonNull)
                .map(JsonProperty::value)
                .findFirst()
                .orElse(component);
    }

    /** Whether the database, not the request, is the reason: connection lost (08), shut down (57P), none free (53300). */
    private static boolean isOutage(Throwable cause) {
        if (cause instanceof SQLException sql && sql.getSQLState() != null) {
            String state = sql.getSQLState();
            return state.startsWith("08") || state.startsWith("57P") || state.equals("53300");
        }
        // the connection pool's own report that it has none to give
        return cause.getClass().getName().startsWith("jakarta.resource.");
    }

    /** Whether the database gave this one up so that others, waiting in a ring with it, could go on. */
    private static boolean isRing(Throwable cause) {
        return cause instanceof SQLException sql
                && ("40001".equals(sql.getSQLState()) || "40P01".equals(sql.getSQLState()));
    }

    private static boolean isClash(Throwable cause) {
        return cause.getClass().getName().equals("jakarta.persistence.OptimisticLockException");
    }

    private static String reason(Throwable failure) {
        return causes(failure).map(String::valueOf).collect(Collectors.joining(" <- "));
    }

    private static <T> Optional<T> cause(Throwable failure, Class<T> type) {
        Predicate<Throwable> wanted = type::isInstance;
        return causes(failure).filter(wanted).findFirst().map(type::cast);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null && causes.size() < DEEPEST_CAUSE; cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes.stream();
    }
}
