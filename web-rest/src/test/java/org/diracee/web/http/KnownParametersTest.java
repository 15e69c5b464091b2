/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.QueryParam;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.diracee.kernel.error.FieldError;
import org.diracee.kernel.error.MalformedRequest;
import org.junit.jupiter.api.Test;

class KnownParametersTest {

    static final class Filter {
        @QueryParam("status")
        String status = "";
    }

    static final class Routes {
        @SuppressWarnings("unused") // read by reflection
        void list(@BeanParam Filter filter, @QueryParam("per_page") int perPage, String body) {}

        @SuppressWarnings("unused") // read by reflection
        void plain(String body) {}
    }

    @Test
    void knowsWhatTheRouteAndItsBeansTake() {
        assertThatCode(() -> KnownParameters.check(route("list"), List.of("status", "per_page")))
                .doesNotThrowAnyException();
    }

    @Test
    void namesTheUnknownOnesAndThoseThatAreKnown() {
        assertThatThrownBy(() -> KnownParameters.check(route("list"), List.of("status", "perpage", "Status")))
                .isInstanceOfSatisfying(MalformedRequest.class, refusal -> {
                    assertThat(refusal.fields()).extracting(FieldError::field).containsExactly("Status", "perpage");
                })
                .hasMessageContaining("perpage: the query parameter is unknown; known are per_page, status");
    }

    @Test
    void saysWhereThereAreNone() {
        assertThatThrownBy(() -> KnownParameters.check(route("plain"), List.of("body")))
                .hasMessage("body: the query parameter is unknown; there are none here");
    }

    private static Method route(String name) {
        return Arrays.stream(Routes.class.getDeclaredMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
