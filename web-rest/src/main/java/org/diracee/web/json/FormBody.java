/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.json;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.InvalidRequest;

/**
 * Reads form bodies within the usual limit, and says what is wrong with those that are no forms.
 *
 * <p>The server's own reader knows no limit and fails by a broken escape as by an error of ours, which strangers would write to the log.
 */
@Provider
public class FormBody implements ReaderInterceptor {

    private static final long LIMIT = BodyLimit.DEFAULT_MEBIBYTES * 1024L * 1024;

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext body) throws IOException {
        if (!MediaType.APPLICATION_FORM_URLENCODED_TYPE.isCompatible(body.getMediaType())) {
            return body.proceed();
        }
        body.setInputStream(new LimitedStream(body.getInputStream(), LIMIT));
        try {
            return body.proceed();
        } catch (IllegalArgumentException broken) {
            // its message would repeat what was sent
            throw new InvalidRequest(
                    ErrorCode.INVALID_TOKEN_REQUEST,
                    "The form cannot be read: allowed after % are two hexadecimal digits, in UTF-8");
        }
    }
}
