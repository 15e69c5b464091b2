/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.error;

import jakarta.ejb.ApplicationException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Root of every error that a caller may see. It rolls the transaction back and reaches the caller unwrapped.
 *
 * <p>The message is the detail shown to clients: it says what was wrong, where, and what is allowed. It never carries
 * secrets, class names or messages of foreign systems.
 */
@ApplicationException(rollback = true, inherited = true)
public abstract class DiracException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient List<FieldError> fields;
    private final @Nullable Duration retryAfter;

    protected DiracException(ErrorCode code, String detail) {
        this(code, detail, List.of(), null, null);
    }

    protected DiracException(ErrorCode code, String detail, List<FieldError> fields) {
        this(code, detail, fields, null, null);
    }

    protected DiracException(
            ErrorCode code,
            String detail,
            List<FieldError> fields,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        super(detail, cause);
        this.code = code;
        this.fields = List.copyOf(fields);
        this.retryAfter = retryAfter;
    }

    public ErrorCode code() {
        return code;
    }

    /** The message; never null. */
    public String detail() {
        String message = getMessage();
        return message == null ? code.title() : message;
    }

    public List<FieldError> fields() {
        return fields == null ? List.of() : fields;
    }

    /** When a repeat makes sense, if it does. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** This error as the entry of one key in a bulk answer. */
    public Problem problem() {
        return new Problem(code, detail());
    }
}
