/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.login.boundary;

import static org.diracee.framework.log.boundary.FrameworkLog.LOG;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.diracee.framework.audit.boundary.AuditAct;
import org.diracee.framework.audit.boundary.AuditActor;
import org.diracee.framework.audit.boundary.AuditedAct;
import org.diracee.framework.audit.boundary.SecurityAudit;
import org.diracee.framework.configuration.boundary.Deployment;
import org.diracee.framework.configuration.boundary.VoAdministration;
import org.diracee.framework.login.control.LoginCodes;
import org.diracee.framework.provider.boundary.IdentityProvider;
import org.diracee.framework.provider.boundary.IdentityProviders;
import org.diracee.framework.provider.boundary.ProviderFailed;
import org.diracee.framework.provider.boundary.ProviderIdentity;
import org.diracee.framework.provider.boundary.ProviderQuestion;
import org.diracee.framework.provider.boundary.ProviderRefused;
import org.diracee.framework.provider.boundary.Redeemed;
import org.diracee.framework.provider.boundary.Registration;
import org.diracee.framework.registry.boundary.NewUser;
import org.diracee.framework.registry.boundary.RegisteredUser;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.framework.registry.boundary.SupportContact;
import org.diracee.framework.registry.boundary.UserRegistration;
import org.diracee.framework.suspension.boundary.Suspended;
import org.diracee.framework.token.boundary.Scope;
import org.diracee.framework.token.boundary.TokenIssuer;
import org.diracee.framework.tokenmanager.boundary.TokenManager;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.VoName;

/**
 * Lets the members of a VO with an OpenID provider log in there, be it to approve a device or for a program in their browser. No
 * transaction is open while the provider is asked.
 *
 * <p>The browser keeps a key of its own in a cookie. Together with the state, which travels, it gives the nonce and PKCE's
 * verifier, which do not: who has only one of the two cannot go on with the log-in.
 *
 * @see "DiracX REST reference 4; OpenID Connect Core 1.0, 3.1"
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ProviderLogin {

    private static final String PERSON = "the person proves who it is at the provider";
    private static final Caller OURSELVES = new Caller.System("ProviderLogin");

    private DeviceLogin devices;
    private AuthorizationCodes codes;
    private ProviderVisits visits;
    private IdentityProviders providers;
    private Registry registry;
    private TokenIssuer issuer;
    private UserRegistration registration;
    private TokenManager tokens;
    private Deployment deployment;
    private SecurityAudit audit;

    protected ProviderLogin() {} // for the container's proxy

    @Inject
    public ProviderLogin(
            DeviceLogin devices,
            AuthorizationCodes codes,
            ProviderVisits visits,
            IdentityProviders providers,
            Registry registry,
            TokenIssuer issuer,
            UserRegistration registration,
            TokenManager tokens,
            Deployment deployment,
            SecurityAudit audit) {
        this.devices = devices;
        this.codes = codes;
        this.visits = visits;
        this.providers = providers;
        this.registry = registry;
        this.issuer = issuer;
        this.registration = registration;
        this.tokens = tokens;
        this.deployment = deployment;
        this.audit = audit;
    }

    /** The provider at which the person must log in; empty if the VO has none, so that the person logs in with us. */
    @OpenAccess(PERSON)
    public Optional<URI> provider(PendingLogin login) {
        return providers.of(login.vo()).map(IdentityProvider::url);
    }

    /**
     * Where the person must go to approve the device; empty if the VO has no provider, so that the person logs in with us.
     *
     * @param browser the key in the browser's cookie
     * @throws ProviderFailed if the provider does not tell its address
     */
    @OpenAccess(PERSON)
    public Optional<URI> forDevice(PendingLogin login, String browser) {
        return providers.of(login.vo()).map(provider -> {
            ProviderQuestion question = question(LoginCodes.deviceCode(), browser, "device");
            URI address = providers.address(provider, question);
            visits.beginForDevice(question.state(), browser, provider, login.userCode());
            return address;
        });
    }

    /**
     * Where a person logs in for a program in the browser: at the provider of the VO; if it has none, with us.
     *
     * @param browser the key in the browser's cookie
     * @throws InvalidRequest if the request cannot be granted, or the VO has no provider and the installation no local accounts
     * @throws ProviderFailed if the provider does not tell its address
     */
    @OpenAccess(PERSON)
    public NextStep forProgram(AuthorizationRequest request, String browser) {
        AuthorizationCodes.Begun begun = codes.begin(request);
        Optional<IdentityProvider> known = providers.of(begun.vo());
        if (known.isEmpty()) {
            if (!deployment.localAccounts()) {
                throw new InvalidRequest("The VO " + begun.vo()
                        + " has no identity provider, and this installation keeps no passwords: ask its administrators"
                        + " how to log in");
            }
            return new NextStep.WithUs(codes.pending(begun.flow()).orElseThrow(InvalidLoginState::new));
        }
        IdentityProvider provider = known.get();
        ProviderQuestion question = question(LoginCodes.deviceCode(), browser, "authorize");
        URI address = providers.address(provider, question);
        visits.beginForFlow(question.state(), browser, provider, begun.flow());
        return new NextStep.AtProvider(address);
    }

    /**
     * Approves the device in the name of the person who comes back, or refuses it if the person gave up.
     *
     * @throws InvalidLoginState if this browser is on no such visit
     * @throws ProviderRefused if the provider does not vouch for the person
     * @throws ProviderFailed if the provider cannot be asked
     * @throws Forbidden if the person may not act as the log-in asks
     * @throws Suspended if the person is suspended, or the VO
     * @return whether the person approved
     */
    @OpenAccess(PERSON)
    public boolean deviceApproved(ProviderReturn answer, String browser) {
        ProviderVisits.Ended visit = end(answer, browser);
        String userCode = visit.userCode().orElseThrow(InvalidLoginState::new);
        if (!(devices.state(userCode) instanceof LoginState.Waiting waiting)) {
            throw new InvalidLoginState();
        }
        PendingLogin login = waiting.login();
        if (gaveUp(answer)) {
            devices.decide(userCode, "", false);
            return false;
        }
        RegisteredUser user = member(
                visit,
                answer,
                browser,
                "device",
                login.scope(),
                () -> devices.refuse(userCode)); // the program would ask to the end
        if (!(devices.decide(userCode, user.subject(), true) instanceof LoginState.Waiting)) {
            throw new InvalidLoginState();
        }
        LOG.logInApproved(user.username(), login.vo(), "vo:" + login.vo() + " group:" + login.group());
        approved(user, login.vo(), login.group(), "device:" + userCode);
        return true;
    }

    /**
     * Where to send the person who comes back: to the program, with a code or an error.
     *
     * @throws InvalidLoginState if this browser is on no such visit
     * @throws ProviderRefused if the provider does not vouch for the person
     * @throws ProviderFailed if the provider cannot be asked
     * @throws Forbidden if the person may not act as the log-in asks
     * @throws Suspended if the person is suspended, or the VO
     */
    @OpenAccess(PERSON)
    public String backToProgram(ProviderReturn answer, String browser) {
        ProviderVisits.Ended visit = end(answer, browser);
        var flow = visit.flow().orElseThrow(InvalidLoginState::new);
        if (gaveUp(answer)) {
            return codes.denied(flow);
        }
        Scope scope = codes.scope(flow);
        RegisteredUser user = member(visit, answer, browser, "authorize", scope, () -> {});
        String back = codes.approve(flow, user.subject());
        LOG.logInApproved(user.username(), scope.vo(), scope.text());
        approved(user, scope.vo(), scope.group(), "program:" + flow);
        return back;
    }

    private void approved(RegisteredUser user, VoName vo, GroupName group, String target) {
        audit.record(AuditedAct.done(
                AuditAct.LOG_IN_APPROVAL,
                AuditActor.user(vo, user.subject(), user.username().text(), group.text()),
                target,
                "at the provider"));
    }

    /** @param refusal what to do if it is the member that may not; anybody else does not end what waits for a member */
    private RegisteredUser member(
            ProviderVisits.Ended visit,
            ProviderReturn answer,
            String browser,
            String route,
            Scope scope,
            Runnable refusal) {
        try {
            RegisteredUser user = person(visit, answer, browser, route);
            requireMember(user, visit.vo(), scope.group());
            requireMay(user, scope, refusal);
            return user;
        } catch (Forbidden | Suspended | ProviderRefused refused) {
            audit.refused(AuditedAct.refused(
                    AuditAct.LOG_IN, AuditActor.somebodyOf(visit.vo()), "group:" + scope.group(), refused.detail()));
            throw refused;
        }
    }

    private void requireMay(RegisteredUser user, Scope scope, Runnable refusal) {
        try {
            issuer.requireMay(user.subject(), scope);
        } catch (Forbidden | Suspended refused) {
            refusal.run();
            throw refused;
        }
    }

    private ProviderVisits.Ended end(ProviderReturn answer, String browser) {
        return visits.end(answer.state().orElseThrow(InvalidLoginState::new), browser)
                .orElseThrow(InvalidLoginState::new);
    }

    private static boolean gaveUp(ProviderReturn answer) {
        return answer.error().filter("access_denied"::equals).isPresent();
    }

    private RegisteredUser person(ProviderVisits.Ended visit, ProviderReturn answer, String browser, String route) {
        IdentityProvider provider = providers
                .of(visit.vo())
                .filter(now -> now.url().toString().equals(visit.issuer()))
                .orElseThrow(InvalidLoginState::new);
        String code = answer.code()
                .orElseThrow(() -> new ProviderRefused("the identity provider reports an error instead of a log-in"));
        providers.requireIssuer(provider, answer.issuer());
        Redeemed redeemed =
                providers.redeem(provider, code, question(answer.state().orElse(""), browser, route));
        RegisteredUser user = registered(provider, redeemed.identity());
        tokens.keep(provider, user.subject(), redeemed.refreshToken());
        return user;
    }

    private RegisteredUser registered(IdentityProvider provider, ProviderIdentity identity) {
        VoName vo = provider.vo();
        Optional<RegisteredUser> known = registry.user(vo, identity.subject());
        if (known.isPresent()) {
            RegisteredUser user = known.filter(found -> !found.suspended())
                    .orElseThrow(
                            () -> new Forbidden("Your registration in the VO " + vo + " is suspended. " + contact(vo)));
            if (provider.registration() == Registration.GROUP_CLAIM) {
                registration.follow(
                        OURSELVES,
                        vo,
                        user,
                        Set.copyOf(provider.roles().values()),
                        provider.groups(identity.groups()),
                        "Groups at the identity provider " + provider.url());
            }
            return user;
        }
        List<GroupName> groups =
                switch (provider.registration()) {
                    case REFUSE -> List.of();
                    case DEFAULT_GROUP ->
                        registry
                                .defaultGroup(vo)
                                .filter(group -> !VoAdministration.reachBeyondVo(registry.properties(vo, group)))
                                .stream()
                                .toList();
                    case GROUP_CLAIM -> provider.groups(identity.groups());
                };
        if (groups.isEmpty()) {
            throw new Forbidden("You are logged in at the identity provider, but not registered in the VO " + vo
                    + "; your id there is " + identity.subject() + ". " + contact(vo));
        }
        NewUser person = new NewUser(identity.subject(), identity.username(), identity.email());
        RegisteredUser user;
        try {
            user = registration.register(
                    OURSELVES, vo, person, groups, "First log-in at the identity provider " + provider.url());
        } catch (InvalidRequest impossible) {
            throw new Forbidden(
                    "You cannot be registered in the VO " + vo + ": " + impossible.detail() + ". " + contact(vo));
        }
        return user;
    }

    private void requireMember(RegisteredUser user, VoName vo, GroupName group) {
        boolean member = registry.group(vo, group)
                .filter(found -> found.has(user.subject()))
                .isPresent();
        if (!member) {
            throw new Forbidden(user.username() + " is not a member of the group " + group + " of the VO " + vo + ". "
                    + contact(vo));
        }
    }

    private String contact(VoName vo) {
        return registry.support(vo).map(SupportContact::message).orElse("");
    }

    private ProviderQuestion question(String state, String browser, String route) {
        return new ProviderQuestion(
                state,
                LoginCodes.derived(browser, "nonce " + state),
                LoginCodes.derived(browser, "verifier " + state),
                URI.create(deployment.publicUrl() + "/api/auth/" + route + "/complete"));
    }
}
