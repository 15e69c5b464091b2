/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.auth;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import java.security.cert.X509Certificate;
import java.util.List;
import org.diracee.client.wire.TokenResponse;
import org.diracee.elytron.ForeignPage;
import org.diracee.framework.certificate.boundary.UntrustedChain;
import org.diracee.framework.login.boundary.CertificateLogin;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidRequest;

/** The tokens that the holder of a certificate or proxy gets, which the TLS connection shows. */
@OAuth
@Path("api/auth/certificate")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class CertificateLoginResource {

    /** Where the server leaves the certificates of the connection; no header can get there. */
    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    private CertificateLogin logins;

    /** RESTEasy insists on it. */
    public CertificateLoginResource() {}

    @Inject
    public CertificateLoginResource(CertificateLogin logins) {
        this.logins = logins;
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public TokenResponse logIn(@Context HttpServletRequest request, MultivaluedMap<String, String> body) {
        if (request.getHeader(HttpHeaders.AUTHORIZATION) != null) {
            // with both it would be open who is meant
            throw new InvalidRequest(
                    ErrorCode.INVALID_TOKEN_REQUEST, "A certificate logs in by itself: send no Authorization header");
        }
        if (ForeignPage.asks(
                request.getHeader("Sec-Fetch-Site"),
                request.getHeader("Origin"),
                request.getHeader(HttpHeaders.HOST))) {
            throw new Forbidden(ForeignPage.DETAIL);
        }
        String scope = new Form(body).optional("scope").orElse("");
        return TokenResource.answer(logins.tokens(chain(request), scope));
    }

    private static List<X509Certificate> chain(HttpServletRequest request) {
        if (request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain && chain.length > 0) {
            return List.of(chain);
        }
        throw new UntrustedChain("the client has shown none");
    }
}
