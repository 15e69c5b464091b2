/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.auth;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.diracee.client.wire.DeviceAuthorization;
import org.diracee.framework.configuration.boundary.Deployment;
import org.diracee.framework.login.boundary.Decision;
import org.diracee.framework.login.boundary.DeviceLogin;
import org.diracee.framework.login.boundary.InvalidLoginState;
import org.diracee.framework.login.boundary.LoginApproval;
import org.diracee.framework.login.boundary.LoginState;
import org.diracee.framework.login.boundary.PendingLogin;
import org.diracee.framework.login.boundary.ProviderLogin;
import org.diracee.framework.login.boundary.StartedLogin;
import org.diracee.kernel.error.FieldError;
import org.diracee.kernel.error.MalformedRequest;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** The device flow: its beginning for programs, its approval page for people. @see "DiracX REST reference 4" */
@Path("api/auth/device")
@RequestScoped
public class DeviceResource {

    /** The seconds after which asking again makes sense. */
    private static final int INTERVAL = 2;

    private static final String REFUSED = "The program gets no access. Please close the window.";
    private static final String FINISHED = "/api/auth/device/complete/finished";

    private DeviceLogin logins;
    private LoginApproval approval;
    private ProviderLogin atProvider;
    private Deployment deployment;

    /** RESTEasy insists on it. */
    public DeviceResource() {}

    @Inject
    public DeviceResource(DeviceLogin logins, LoginApproval approval, ProviderLogin atProvider, Deployment deployment) {
        this.logins = logins;
        this.approval = approval;
        this.atProvider = atProvider;
        this.deployment = deployment;
    }

    /** Begins a log-in; {@code client_id} and {@code scope} come in the query or as a form. */
    @POST
    @Produces(MediaType.APPLICATION_JSON)
    @Parameter(name = "client_id", in = ParameterIn.QUERY, required = true, schema = @Schema(type = SchemaType.STRING))
    @Parameter(name = "scope", in = ParameterIn.QUERY, required = true, schema = @Schema(type = SchemaType.STRING))
    public Response start(@Context HttpServletRequest request) {
        StartedLogin login = start(request.getParameter("client_id"), request.getParameter("scope"));
        String page = deployment.publicUrl() + "/api/auth/device";
        return Response.ok(new DeviceAuthorization(
                        login.userCode(),
                        login.deviceCode(),
                        page,
                        page + "?user_code=" + login.userCode(),
                        login.expiresIn().toSeconds(),
                        INTERVAL))
                .header("Cache-Control", "no-store")
                .build();
    }

    /**
     * The page on which a person sees what a program asks for, and goes on to the provider of the VO; if it has none, signs in,
     * and approves or refuses. Nothing happens without the person: the link may come from somebody else, and who is logged in
     * at the provider is not asked there again.
     */
    @GET
    @Produces({MediaType.TEXT_HTML, MediaType.APPLICATION_JSON})
    public Response page(
            @QueryParam("user_code") @DefaultValue("") String userCode,
            @HeaderParam(HttpHeaders.ACCEPT) @DefaultValue("") String accept,
            @CookieParam(CsrfToken.COOKIE) @Nullable String cookie) {
        if (userCode.isBlank()) {
            return Pages.codeForm(200, "");
        }
        return Pages.orFailure(accept, () -> {
            LoginState state = logins.state(userCode);
            return state instanceof LoginState.Waiting waiting
                    ? form(200, waiting.login(), "", "", CsrfToken.of(cookie))
                    : Pages.notWaiting(state);
        });
    }

    /** Takes the person who comes back from the provider. */
    @GET
    @Path("complete")
    @Produces({MediaType.TEXT_HTML, MediaType.APPLICATION_JSON})
    public Response completeDevice(
            @QueryParam("state") @Nullable String state,
            @QueryParam("code") @Nullable String code,
            @QueryParam("error") @Nullable String error,
            @QueryParam("iss") @Nullable String issuer,
            @HeaderParam(HttpHeaders.ACCEPT) @DefaultValue("") String accept,
            @CookieParam(BrowserKey.COOKIE) @Nullable String cookie) {
        return Pages.orFailure(accept, () -> {
            boolean approved = atProvider.deviceApproved(
                    AuthorizationResource.returned(state, code, error, issuer),
                    BrowserKey.of(cookie).text());
            return approved ? Pages.onward(FINISHED) : Pages.message(200, "Log-in refused", REFUSED);
        });
    }

    /** Takes a person's answer from the page; for a VO with a provider, sends the person there. */
    @POST
    @Path("approval")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.TEXT_HTML)
    public Response decideDevice(
            @FormParam("user_code") @DefaultValue("") String userCode,
            @FormParam("username") @DefaultValue("") String username,
            @FormParam("password") @DefaultValue("") String password,
            @FormParam("decision") @DefaultValue("") String decision,
            @FormParam(CsrfToken.FIELD) @DefaultValue("") String csrfToken,
            @HeaderParam("Sec-Fetch-Site") @DefaultValue("") String fetchSite,
            @HeaderParam(HttpHeaders.ACCEPT) @DefaultValue("") String accept,
            @CookieParam(CsrfToken.COOKIE) @Nullable String cookie,
            @CookieParam(BrowserKey.COOKIE) @Nullable String browserCookie) {
        CsrfToken token = CsrfToken.of(cookie);
        Pages.SentForm sent = new Pages.SentForm(username, password, decision, csrfToken, fetchSite);
        return Pages.orFailure(accept, () -> {
            LoginState state = logins.state(userCode);
            if (!(state instanceof LoginState.Waiting waiting)) {
                return Pages.notWaiting(state);
            }
            return decided(waiting.login(), sent, token, BrowserKey.of(browserCookie));
        });
    }

    private Response decided(PendingLogin login, Pages.SentForm sent, CsrfToken token, BrowserKey browser) {
        Optional<Response> wrong =
                Pages.wrongForm(sent, token, (status, name, error) -> form(status, login, name, error, token));
        if (wrong.isPresent()) {
            return wrong.get();
        }
        if (atProvider.provider(login).isPresent()) {
            return toProvider(login, sent.decision(), browser);
        }
        return answer(
                approval.decide(login.userCode(), sent.username(), sent.password(), "approve".equals(sent.decision())),
                login,
                sent.username(),
                token);
    }

    private Response toProvider(PendingLogin login, String decision, BrowserKey browser) {
        if (!"approve".equals(decision)) {
            return Pages.message(200, "Not logged in", REFUSED);
        }
        return Pages.seeProvider(
                atProvider.forDevice(login, browser.text()).orElseThrow(InvalidLoginState::new), browser);
    }

    private Response form(int status, PendingLogin login, String username, String error, CsrfToken token) {
        return atProvider
                .provider(login)
                .map(provider -> Pages.providerForm(status, login, provider, error, token))
                .orElseGet(() -> Pages.form(status, login, username, error, token));
    }

    /** Where the approval ends. */
    @GET
    @Path("complete/finished")
    @Produces(MediaType.TEXT_HTML)
    public Response finished() {
        return Pages.message(200, "You are logged in", "Your program goes on by itself. Please close the window.");
    }

    private static Response answer(Decision decision, PendingLogin login, String username, CsrfToken token) {
        if (decision instanceof Decision.Approved) {
            return Pages.redirect(FINISHED);
        }
        if (decision instanceof Decision.Refused) {
            return Pages.message(200, "Log-in refused", REFUSED);
        }
        return Pages.undecided(decision, (status, error) -> Pages.form(status, login, username, error, token));
    }

    private StartedLogin start(@Nullable String clientId, @Nullable String scope) {
        List<FieldError> missing = new ArrayList<>();
        if (clientId == null || clientId.isEmpty()) {
            missing.add(new FieldError("client_id", "the parameter is missing"));
        }
        if (scope == null || scope.isEmpty()) {
            missing.add(new FieldError("scope", "the parameter is missing"));
        }
        if (clientId == null || scope == null || !missing.isEmpty()) {
            throw new MalformedRequest(
                    missing.stream().map(FieldError::field).collect(Collectors.joining(" and ", "", " missing")),
                    missing);
        }
        return logins.start(clientId, scope);
    }
}
