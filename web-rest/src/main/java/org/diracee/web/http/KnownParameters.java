/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.http;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.diracee.kernel.error.FieldError;
import org.diracee.kernel.error.MalformedRequest;
import org.jspecify.annotations.Nullable;

/**
 * Refuses query parameters that the route does not know: a misspelt filter would find everything. At public routes others may
 * add their own, as OAuth allows to providers and browsers (RFC 6749 3.1).
 */
@Provider
public class KnownParameters implements ContainerRequestFilter {

    private static final int SHOWN = 60;

    @Context
    private @Nullable ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request) {
        Method method = resource == null ? null : resource.getResourceMethod();
        Collection<String> asked = request.getUriInfo().getQueryParameters().keySet();
        if (method != null
                && !asked.isEmpty()
                && !PublicRoutes.contain(request.getUriInfo().getRequestUri().getPath())) {
            check(method, asked);
        }
    }

    static void check(Method method, Collection<String> asked) {
        SortedSet<String> known = known(method);
        List<FieldError> unknown = asked.stream()
                .filter(name -> !known.contains(name))
                .sorted()
                .map(name -> new FieldError(
                        name.length() <= SHOWN ? name : name.substring(0, SHOWN) + "…",
                        "the query parameter is unknown; "
                                + (known.isEmpty() ? "there are none here" : "known are " + String.join(", ", known))))
                .toList();
        if (!unknown.isEmpty()) {
            throw new MalformedRequest(
                    unknown.stream()
                            .map(error -> error.field() + ": " + error.message())
                            .collect(Collectors.joining("; ")),
                    unknown);
        }
    }

    private static SortedSet<String> known(Method method) {
        return Arrays.stream(method.getParameters())
                .flatMap(parameter -> parameter.isAnnotationPresent(BeanParam.class)
                        ? Arrays.stream(parameter.getType().getDeclaredFields())
                        : Stream.<AnnotatedElement>of(parameter))
                .map(place -> place.getAnnotation(QueryParam.class))
                .filter(query -> query != null)
                .map(QueryParam::value)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
