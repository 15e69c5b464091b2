/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.login.boundary;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.login.control.LoginCodes;
import org.diracee.framework.login.control.LoginSettings;
import org.diracee.framework.login.entity.DeviceFlow;
import org.diracee.framework.login.entity.DeviceFlowRepository;
import org.diracee.framework.login.entity.DeviceFlowStatus;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.framework.token.boundary.Scope;
import org.diracee.framework.token.boundary.TokenIssuer;
import org.diracee.framework.token.boundary.TokenPair;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidRequest;

/**
 * Log-ins of programs without a browser: the program shows a code, a person approves it elsewhere, the program exchanges
 * its secret for tokens.
 *
 * @see "DiracX REST reference 4; RFC 8628"
 */
@Stateless
public class DeviceLogin {

    private static final String MAY_NOT =
            "the person may not have what was asked for; the page where the person logged in says why";
    private static final String LOG_IN = "this is how somebody logs in";
    static final Duration FORGOTTEN_AFTER = Duration.ofDays(1);

    private DeviceFlowRepository flows;
    private TokenIssuer issuer;
    private Registry registry;
    private ConfigurationService configuration;
    private Clock clock;

    protected DeviceLogin() {} // for the container's proxy

    @Inject
    public DeviceLogin(
            DeviceFlowRepository flows,
            TokenIssuer issuer,
            Registry registry,
            ConfigurationService configuration,
            Clock clock) {
        this.flows = flows;
        this.issuer = issuer;
        this.registry = registry;
        this.configuration = configuration;
        this.clock = clock;
    }

    /**
     * Begins a log-in.
     *
     * @throws InvalidRequest if the client is not ours or the scope is invalid
     */
    @OpenAccess(LOG_IN)
    public StartedLogin start(String clientId, String scope) {
        requireClient(clientId);
        Scope asked = Scope.parse(scope, registry);
        Duration life = settings().deviceFlowLifetime();
        Instant now = clock.instant();
        // 20^8 codes and few flows at a time: a clash would be a server error once in years, and harms nobody
        StartedLogin started = new StartedLogin(LoginCodes.userCode(), LoginCodes.deviceCode(), life);
        flows.add(DeviceFlow.begun(
                started.userCode(),
                LoginCodes.hash(started.deviceCode()),
                clientId,
                asked.vo().text(),
                asked.text(),
                now,
                now.plus(life)));
        return started;
    }

    /** What is known of the code that a person typed or that a link carried. */
    @OpenAccess("shows what the device asked for to whoever knows its code")
    public LoginState state(String userCode) {
        return flows.find(LoginCodes.normalised(userCode)).map(this::stateOf).orElseGet(LoginState.Unknown::new);
    }

    /** Decides a log-in in the name of a person; tells the state if it does not wait (any more). */
    @OpenAccess("the calling service has authenticated the person")
    public LoginState decide(String userCode, String subject, boolean approved) {
        return flows.lock(LoginCodes.normalised(userCode))
                .map(flow -> {
                    LoginState state = stateOf(flow);
                    if (state instanceof LoginState.Waiting) {
                        if (approved) {
                            flow.approve(subject);
                        } else {
                            flow.refuse(Optional.empty());
                        }
                    }
                    return state;
                })
                .orElseGet(LoginState.Unknown::new);
    }

    /**
     * Refuses a log-in that its person wants but may not have; nothing changes if it does not wait (any more). The program is told
     * no more than that, for nobody knows who began it.
     */
    @OpenAccess("the calling service has authenticated the person")
    public void refuse(String userCode) {
        flows.lock(LoginCodes.normalised(userCode))
                .filter(flow -> stateOf(flow) instanceof LoginState.Waiting)
                .ifPresent(flow -> flow.refuse(Optional.of(MAY_NOT)));
    }

    /**
     * Exchanges a device code for tokens, once.
     *
     * @throws LoginNotFinished while nobody has decided
     * @throws InvalidGrant if the code is unknown, expired, used, refused, or another client's
     * @throws Forbidden if the person may not have what the log-in asked for
     */
    @OpenAccess(LOG_IN)
    public TokenPair exchange(String clientId, String deviceCode) {
        requireClient(clientId);
        DeviceFlow flow = flows.lock(LoginCodes.hash(deviceCode)).orElseThrow(InvalidGrant::unknownDeviceCode);
        if (!flow.clientId().equals(clientId)) {
            throw InvalidGrant.anotherClient();
        }
        if (flow.status() == DeviceFlowStatus.DONE) {
            throw InvalidGrant.used();
        }
        if (flow.expired(clock.instant())) {
            throw InvalidGrant.expired();
        }
        return switch (flow.status()) {
            case PENDING -> throw new LoginNotFinished();
            case REFUSED -> throw InvalidGrant.refused(flow.reason());
            case DONE -> throw InvalidGrant.used();
            case APPROVED -> {
                String subject = flow.subject().orElseThrow();
                Scope scope = Scope.parse(flow.scope(), registry);
                // the person may have been registered a moment ago, on another node
                if (registry.user(scope.vo(), subject).isEmpty()) {
                    configuration.refresh();
                }
                TokenPair tokens = issuer.userTokens(subject, scope);
                flow.finish();
                yield tokens;
            }
        };
    }

    /** @throws InvalidRequest unless this is the client id that we give out */
    @OpenAccess(LOG_IN)
    public void requireClient(String clientId) {
        if (!settings().clientId().equals(clientId)) {
            throw InvalidGrant.anotherClient();
        }
    }

    /** The client id that we give out; clients are public, so it is no secret. */
    @OpenAccess(LOG_IN)
    public String clientId() {
        return settings().clientId();
    }

    /** Whether this is the client id that we give out. */
    @OpenAccess(LOG_IN)
    public boolean knowsClient(String clientId) {
        return settings().clientId().equals(clientId);
    }

    /** Forgets at most this many log-ins that are long over; tells how many. */
    @OpenAccess("called by the cleaning agent")
    public int forgetOld(int limit) {
        return flows.deleteExpiredBefore(clock.instant().minus(FORGOTTEN_AFTER), limit);
    }

    private LoginState stateOf(DeviceFlow flow) {
        if (flow.status() != DeviceFlowStatus.PENDING) {
            return new LoginState.Decided();
        }
        if (flow.expired(clock.instant())) {
            return new LoginState.Expired();
        }
        try {
            return new LoginState.Waiting(
                    PendingLogin.of(flow.userCode(), flow.clientId(), Scope.parse(flow.scope(), registry), registry));
        } catch (DiracException scopeIsGone) {
            return new LoginState.Expired();
        }
    }

    private LoginSettings settings() {
        return new LoginSettings(configuration.current());
    }
}
