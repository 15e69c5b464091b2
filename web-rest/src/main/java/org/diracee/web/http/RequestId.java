/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.http;

import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/** The id of the request being served: in every log line, error body and answer header. */
public final class RequestId {

    public static final String HEADER = "X-Request-ID";

    static final String LOG_KEY = "requestId";
    private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9._:-]{8,64}");

    private RequestId() {}

    /** The current request's id; outside of a request a fresh one, so that an error can still be found. */
    public static String current() {
        Object id = MDC.get(LOG_KEY);
        return id == null ? fresh() : id.toString();
    }

    /** The client's own id if it is well formed, else a fresh one. */
    static String accepted(@Nullable String offered) {
        return offered != null && WELL_FORMED.matcher(offered).matches() ? offered : fresh();
    }

    private static String fresh() {
        return UUID.randomUUID().toString();
    }
}
