/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.diracee.framework.limit.boundary.Budget;
import org.diracee.web.http.PublicRoutes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitFilterTest {

    @Test
    void everyPublicRouteOfLogInHasABudget() {
        assertThat(PublicRoutes.PATTERNS.stream()
                        .filter(pattern -> pattern.startsWith("/api/auth/"))
                        .map(pattern -> pattern.replace("*", "x"))
                        .toList())
                .isNotEmpty()
                .allSatisfy(path -> assertThat(RateLimitFilter.budget(path)).isPresent());
        assertThat(RateLimitFilter.budget("/api/jobs")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/auth/token;x", "/api/auth;a=1/token", "/api;/auth/device;a=b;c/x"})
    void parametersOfTheKindThatRoutingIgnoresOpenNoOtherBudget(String path) {
        assertThat(RateLimitFilter.budget(path)).contains(Budget.LOG_IN);
    }
}
