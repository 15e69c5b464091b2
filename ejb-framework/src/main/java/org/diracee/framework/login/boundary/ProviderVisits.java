/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.login.boundary;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.login.control.LoginCodes;
import org.diracee.framework.login.control.LoginSettings;
import org.diracee.framework.login.entity.ProviderVisit;
import org.diracee.framework.login.entity.ProviderVisitRepository;
import org.diracee.framework.provider.boundary.IdentityProvider;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.value.VoName;

/** The short transactions around visits at providers, so that none is open while we wait for one. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class ProviderVisits {

    private static final String INTERNAL = "used by the log-in itself";

    private ProviderVisitRepository visits;
    private ConfigurationService configuration;
    private Clock clock;

    protected ProviderVisits() {} // for the container's proxy

    @Inject
    public ProviderVisits(ProviderVisitRepository visits, ConfigurationService configuration, Clock clock) {
        this.visits = visits;
        this.configuration = configuration;
        this.clock = clock;
    }

    /**
     * A visit that has ended.
     *
     * @param issuer the provider as the configuration named it when the visit began
     */
    record Ended(VoName vo, String issuer, Optional<String> userCode, Optional<UUID> flow) {}

    /** Remembers that this browser was sent to the provider to approve a device. */
    @OpenAccess(INTERNAL)
    public void beginForDevice(String state, String browser, IdentityProvider provider, String userCode) {
        visits.add(ProviderVisit.ofDevice(
                LoginCodes.hexHash(state),
                LoginCodes.hexHash(browser),
                provider.vo().text(),
                provider.url().toString(),
                expires(),
                userCode));
    }

    /** Remembers that this browser was sent to the provider for a program in it. */
    @OpenAccess(INTERNAL)
    public void beginForFlow(String state, String browser, IdentityProvider provider, UUID flow) {
        visits.add(ProviderVisit.ofFlow(
                LoginCodes.hexHash(state),
                LoginCodes.hexHash(browser),
                provider.vo().text(),
                provider.url().toString(),
                expires(),
                flow));
    }

    /** Ends the visit, once; empty if this browser is on none with this state. */
    @OpenAccess(INTERNAL)
    public Optional<Ended> end(String state, String browser) {
        return visits.lock(LoginCodes.hexHash(state))
                .filter(visit -> visit.isOfBrowser(LoginCodes.hexHash(browser)))
                .flatMap(visit -> {
                    visits.remove(visit);
                    return visit.isOver(clock.instant())
                            ? Optional.empty()
                            : Optional.of(
                                    new Ended(new VoName(visit.vo()), visit.issuer(), visit.userCode(), visit.flow()));
                });
    }

    /** Forgets at most this many that nobody came back from; tells how many. */
    @OpenAccess("called by the cleaning agent")
    public int forgetOld(int limit) {
        return visits.deleteExpiredBefore(clock.instant(), limit);
    }

    private Instant expires() {
        return clock.instant().plus(new LoginSettings(configuration.current()).deviceFlowLifetime());
    }
}
