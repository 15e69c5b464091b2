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
import org.diracee.framework.audit.boundary.RequestOrigin;
import org.jboss.logging.MDC;

/**
 * Gives each request its id, on the way in for the log and on the way out for the client; and says to everything behind it where
 * the request comes from.
 */
@WebFilter(
        urlPatterns = "/*",
        asyncSupported = true,
        dispatcherTypes = {DispatcherType.REQUEST, DispatcherType.ERROR})
public class RequestIdFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;
    private static final String ATTRIBUTE = RequestIdFilter.class.getName();

    private final transient ClientAddresses addresses;

    @Inject
    public RequestIdFilter(ClientAddresses addresses) {
        this.addresses = addresses;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        // an error dispatch belongs to the request that failed and keeps its id
        String id = request.getAttribute(ATTRIBUTE) instanceof String known
                ? known
                : RequestId.accepted(request.getHeader(RequestId.HEADER));
        request.setAttribute(ATTRIBUTE, id);
        response.setHeader(RequestId.HEADER, id);
        Object before = MDC.put(RequestId.LOG_KEY, id);
        new RequestOrigin(addresses.client(request), id).enter();
        try {
            chain.doFilter(request, response);
        } finally {
            if (request.getDispatcherType() == DispatcherType.REQUEST) {
                RequestOrigin.leave();
            }
            if (before == null) {
                MDC.remove(RequestId.LOG_KEY);
            } else {
                MDC.put(RequestId.LOG_KEY, before);
            }
        }
    }
}
