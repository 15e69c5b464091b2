/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.auth;

import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Optional;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.FieldError;
import org.diracee.kernel.error.InvalidRequest;

/** The fields of an OAuth request: each at most once, empty ones count as absent. @see "RFC 6749 3.2" */
final class Form {

    private final MultivaluedMap<String, String> fields;

    Form(MultivaluedMap<String, String> fields) {
        this.fields = fields;
    }

    Optional<String> optional(String name) {
        List<String> values = fields.get(name);
        if (values == null || values.isEmpty()) {
            return Optional.empty();
        }
        if (values.size() > 1) {
            throw invalid(name, "is given " + values.size() + " times: allowed is once");
        }
        return Optional.of(values.get(0)).filter(value -> !value.isEmpty());
    }

    String required(String name) {
        return optional(name).orElseThrow(() -> invalid(name, "is missing"));
    }

    private static InvalidRequest invalid(String name, String what) {
        return new InvalidRequest(
                ErrorCode.INVALID_TOKEN_REQUEST, name + " " + what, List.of(new FieldError(name, what)));
    }
}
