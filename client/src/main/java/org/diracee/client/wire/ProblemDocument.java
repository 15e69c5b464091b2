/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The body of every error answer.
 *
 * @param type URN of the sort of error
 * @param detail a sentence; of a bulk call in which every item failed the bulk answer itself
 * @param instance id of the request, under which the server logged it
 * @param code stable name of the error
 * @param errno DIRAC's error number, 0 for a generic error
 * @param errors what is wrong with which field
 * @param error OAuth's name of the error, in answers of the log-in
 * @see "RFC 9457"
 */
public record ProblemDocument(
        String type,
        String title,
        int status,
        Object detail,
        String instance,
        String code,
        int errno,
        List<FieldProblem> errors,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> error) {

    public static final String MEDIA_TYPE = "application/problem+json";

    public ProblemDocument {
        errors = errors == null ? List.of() : List.copyOf(errors);
    }

    /**
     * What is wrong with one field, named by its path.
     *
     * @param values values that the message speaks of, by their roles; of a conflict both sides
     */
    public record FieldProblem(
            String field,
            String message,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> values) {
        public FieldProblem {
            values = values == null ? Map.of() : Map.copyOf(values);
        }
    }
}
