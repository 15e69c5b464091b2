/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.http;

import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.kernel.configuration.PerRevision;

/**
 * Lets scripts of the sites in {@link AllowedOrigins} use the API, errors included. Browsers ask before most calls, without
 * credentials; that question is answered here, which is why {@code web.xml} asks no credentials of OPTIONS. Calls with cookies
 * or client certificates are never allowed to other sites: the header that would is not sent.
 *
 * @see "WHATWG Fetch 3.2, the CORS protocol"
 */
@WebFilter(
        urlPatterns = "/*",
        asyncSupported = true,
        dispatcherTypes = {DispatcherType.REQUEST, DispatcherType.ERROR})
public class CorsFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;
    private static final String ORIGIN = "Origin";
    private static final String REQUESTED_METHOD = "Access-Control-Request-Method";
    private static final String REQUESTED_HEADERS = "Access-Control-Request-Headers";
    private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";
    private static final String EXPOSED =
            "Content-Disposition, Content-Range, ETag, Location, RateLimit, RateLimit-Policy, Retry-After, "
                    + "WWW-Authenticate, " + RequestId.HEADER;
    private static final String MAX_AGE_SECONDS = "3600";
    private static final Pattern HEADER_NAMES = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~, -]{1,1000}");

    private final transient ConfigurationService configuration;
    private final transient PerRevision<AllowedOrigins> origins = new PerRevision<>(AllowedOrigins::new);

    @Inject
    public CorsFilter(ConfigurationService configuration) {
        this.configuration = configuration;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        vary(response, ORIGIN);
        String origin = request.getHeader(ORIGIN);
        boolean isAllowed =
                origin != null && origins.of(configuration.current()).contain(origin);
        if (isAllowed) {
            response.setHeader("Access-Control-Allow-Origin", origin);
            response.setHeader("Access-Control-Expose-Headers", EXPOSED);
        }
        boolean isPreflight =
                origin != null && request.getMethod().equals("OPTIONS") && request.getHeader(REQUESTED_METHOD) != null;
        if (isPreflight && request.getDispatcherType() == DispatcherType.REQUEST) {
            answerPreflight(request, response, isAllowed);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static void answerPreflight(HttpServletRequest request, HttpServletResponse response, boolean isAllowed) {
        vary(response, REQUESTED_METHOD);
        vary(response, REQUESTED_HEADERS);
        if (isAllowed) {
            response.setHeader("Access-Control-Allow-Methods", METHODS);
            String headers = request.getHeader(REQUESTED_HEADERS);
            if (headers != null && HEADER_NAMES.matcher(headers).matches()) {
                response.setHeader("Access-Control-Allow-Headers", headers);
            }
            response.setHeader("Access-Control-Max-Age", MAX_AGE_SECONDS);
        }
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    /** An error dispatch comes here a second time. */
    private static void vary(HttpServletResponse response, String header) {
        if (!response.getHeaders("Vary").contains(header)) {
            response.addHeader("Vary", header);
        }
    }
}
