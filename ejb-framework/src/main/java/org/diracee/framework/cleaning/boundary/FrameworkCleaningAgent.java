/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.cleaning.boundary;

import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.diracee.framework.account.boundary.AccountRecords;
import org.diracee.framework.agent.boundary.Agent;
import org.diracee.framework.agent.boundary.CycleReport;
import org.diracee.framework.cleaning.control.CleaningSettings;
import org.diracee.framework.exchange.boundary.UsedAssertions;
import org.diracee.framework.idempotency.boundary.Idempotency;
import org.diracee.framework.login.boundary.AuthorizationCodes;
import org.diracee.framework.login.boundary.DeviceLogin;
import org.diracee.framework.login.boundary.ProviderVisits;
import org.diracee.framework.token.boundary.Sessions;
import org.diracee.framework.tokenmanager.boundary.TokenManager;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.configuration.Configuration;

/**
 * Deletes what the framework need not keep any longer: idempotency keys, log-ins, refresh tokens, wrong passwords, assertions,
 * tokens at providers.
 */
@Singleton
@Startup
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class FrameworkCleaningAgent extends Agent {

    private static final int BATCH = 5_000;
    private static final int BATCHES = 100;

    private Idempotency idempotency;
    private DeviceLogin logins;
    private AuthorizationCodes codes;
    private ProviderVisits visits;
    private Sessions sessions;
    private AccountRecords accounts;
    private UsedAssertions assertions;
    private TokenManager providerTokens;

    protected FrameworkCleaningAgent() {} // for the container's proxy

    @Inject
    public FrameworkCleaningAgent(
            Idempotency idempotency,
            DeviceLogin logins,
            AuthorizationCodes codes,
            ProviderVisits visits,
            Sessions sessions,
            AccountRecords accounts,
            UsedAssertions assertions,
            TokenManager providerTokens) {
        this.idempotency = idempotency;
        this.logins = logins;
        this.codes = codes;
        this.visits = visits;
        this.sessions = sessions;
        this.accounts = accounts;
        this.assertions = assertions;
        this.providerTokens = providerTokens;
    }

    @Override
    @OpenAccess("a constant")
    public String name() {
        return "FrameworkCleaningAgent";
    }

    @Override
    @OpenAccess("a setting")
    public Duration period(Configuration configuration) {
        return new CleaningSettings(configuration).pollingTime();
    }

    @Override
    @OpenAccess("deletes only what counts no more")
    public CycleReport runCycle() {
        int deleted = 0;
        List<IntUnaryOperator> steps = List.of(
                idempotency::forgetOld,
                logins::forgetOld,
                codes::forgetOld,
                visits::forgetOld,
                sessions::forgetOld,
                accounts::forgetOldFailures,
                assertions::forgetOld,
                providerTokens::forgetOld);
        for (IntUnaryOperator step : steps) {
            int last = BATCH;
            for (int batch = 0; batch < BATCHES && last == BATCH; batch++) {
                last = step.applyAsInt(BATCH);
                deleted += last;
            }
        }
        return new CycleReport(deleted, deleted, 0);
    }
}
