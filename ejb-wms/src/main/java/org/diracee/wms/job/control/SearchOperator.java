/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.control;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a condition of a search compares. */
enum SearchOperator {
    EQ("eq"),
    NEQ("neq"),
    GT("gt"),
    LT("lt"),
    LIKE("like"),
    NOT_LIKE("not like"),
    REGEX("regex"),
    IN("in"),
    NOT_IN("not in");

    static final String ALL =
            Arrays.stream(values()).map(operator -> operator.text).collect(Collectors.joining(", "));

    private final String text;

    SearchOperator(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    /** Whether it looks at several values. */
    boolean takesList() {
        return this == IN || this == NOT_IN;
    }

    boolean isNegated() {
        return this == NEQ || this == NOT_IN || this == NOT_LIKE;
    }

    /** Whether it asks only if the value is one of those given. */
    boolean isMembership() {
        return this == EQ || this == NEQ || takesList();
    }

    static Optional<SearchOperator> ofText(String text) {
        return Arrays.stream(values())
                .filter(operator -> operator.text.equals(text))
                .findFirst();
    }
}
