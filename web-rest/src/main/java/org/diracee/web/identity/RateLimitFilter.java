/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.diracee.framework.audit.boundary.RequestOrigin;
import org.diracee.framework.limit.boundary.Allowance;
import org.diracee.framework.limit.boundary.Budget;
import org.diracee.framework.limit.boundary.RateLimits;
import org.diracee.web.http.RateLimitHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how often somebody calls: who is known by its caller, the routes of log-in and tokens by the address. What is left of a budget
 * stands in the answers of log-in, and in others once half of it is used.
 *
 * @see "draft-ietf-httpapi-ratelimit-headers-10"
 */
@Provider
@ApplicationScoped
public class RateLimitFilter implements ContainerRequestFilter, ContainerResponseFilter {

    private static final String ALLOWANCE = Allowance.class.getName();
    private static final List<String> PILOTS = List.of("/api/auth/secret-exchange", "/api/auth/pilot-token");
    private static final List<String> LOG_IN = List.of(
            "/api/auth/device",
            "/api/auth/authorize",
            "/api/auth/token",
            "/api/auth/revoke",
            "/api/auth/legacy-exchange",
            "/api/auth/certificate");

    /** Routing does not look at them. */
    private static final Pattern MATRIX_PARAMETERS = Pattern.compile(";[^/]*");

    private RateLimits limits;

    @Context
    private @Nullable HttpServletRequest servletRequest;

    /** RESTEasy insists on it. */
    public RateLimitFilter() {}

    @Inject
    public RateLimitFilter(RateLimits limits) {
        this.limits = limits;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        String path = "/" + request.getUriInfo().getPath().replaceFirst("^/+", "");
        count(path).ifPresent(allowance -> request.setProperty(ALLOWANCE, allowance));
    }

    private Optional<Allowance> count(String path) {
        Optional<Budget> open = budget(path);
        if (open.isPresent()) {
            return limits.count(open.get(), RequestOrigin.current().address());
        }
        return servletRequest != null && servletRequest.getUserPrincipal() instanceof CallerPrincipal principal
                ? limits.count(principal.caller())
                : Optional.empty();
    }

    static Optional<Budget> budget(String path) {
        String route = MATRIX_PARAMETERS.matcher(path).replaceAll("");
        if (isAtOrUnder(PILOTS, route)) {
            return Optional.of(Budget.PILOT_LOG_IN);
        }
        return isAtOrUnder(LOG_IN, route) ? Optional.of(Budget.LOG_IN) : Optional.empty();
    }

    private static boolean isAtOrUnder(List<String> routes, String path) {
        return routes.stream().anyMatch(route -> path.equals(route) || path.startsWith(route + "/"));
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getHeaders().containsKey(RateLimitHeaders.LEFT)) {
            return; // a refusal tells of the budget that is used up
        }
        if (request.getProperty(ALLOWANCE) instanceof Allowance allowance
                && (!allowance.budget().isOfVo() || allowance.left() * 2 < allowance.quota())) {
            RateLimitHeaders.of(allowance)
                    .forEach((name, value) -> response.getHeaders().putSingle(name, value));
        }
    }
}
