/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.boundary;

import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import org.diracee.framework.agent.boundary.Agent;
import org.diracee.framework.agent.boundary.CycleReport;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.token.control.SigningKeySettings;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.configuration.Configuration;

/**
 * Renews the keys that sign tokens: publishes the next one, lets it sign when every node knows it, and deletes a former one when
 * its last token has expired.
 */
@Singleton
@Startup
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class SigningKeyAgent extends Agent {

    private SigningKeyStore keys;
    private ConfigurationService configuration;

    protected SigningKeyAgent() {} // for the container's proxy

    @Inject
    public SigningKeyAgent(SigningKeyStore keys, ConfigurationService configuration) {
        this.keys = keys;
        this.configuration = configuration;
    }

    @Override
    @OpenAccess("a constant")
    public String name() {
        return "SigningKeyAgent";
    }

    @Override
    @OpenAccess("a setting")
    public Duration period(Configuration now) {
        return new SigningKeySettings(now).pollingTime();
    }

    @Override
    @OpenAccess("keys change only when their time has come")
    public CycleReport runCycle() {
        SigningKeySettings settings = new SigningKeySettings(configuration.current());
        int done = keys.deleteOutlived();
        if (keys.turn(settings.keyLifetime(), settings.overlap(), lease())) {
            done++;
        }
        return new CycleReport(done, done, 0);
    }
}
