/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.cleaning.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.diracee.framework.agent.boundary.CycleReport;
import org.diracee.framework.fixture.Installation;
import org.diracee.framework.fixture.Providers;
import org.diracee.framework.idempotency.boundary.Idempotency;
import org.diracee.framework.idempotency.entity.IdempotencyRepository;
import org.diracee.framework.login.boundary.AuthorizationRequest;
import org.diracee.framework.provider.boundary.IdentityProvider;
import org.diracee.framework.token.boundary.Scope;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.junit.jupiter.api.Test;

class FrameworkCleaningAgentIT {

    private final Installation installation = Installation.configured();

    @Test
    void deletesWhatIsOldAndNothingElse() throws Exception {
        Idempotency idempotency = installation.database.service(
                Idempotency.class, new IdempotencyRepository(installation.database.entities()), installation.clock);
        FrameworkCleaningAgent agent = new FrameworkCleaningAgent(
                idempotency,
                installation.logins,
                installation.codes,
                installation.visits,
                installation.sessions,
                installation.accountRecords,
                installation.usedAssertions,
                installation.tokenManager);
        leaveSomethingOfEach(idempotency, "old");
        installation.clock.advance(Duration.ofDays(8));
        leaveSomethingOfEach(idempotency, "new");

        assertThat(agent.runCycle()).isEqualTo(new CycleReport(7, 7, 0));
        assertThat(agent.runCycle()).isEqualTo(CycleReport.NOTHING);
        for (String table : List.of(
                "idempotency",
                "device_flow",
                "provider_visit",
                "authorization_flow",
                "refresh_token",
                "sign_in_failure",
                "client_assertion")) {
            assertThat(installation.database.value("select count(*) from framework." + table))
                    .as(table)
                    .isEqualTo("1");
        }
    }

    private void leaveSomethingOfEach(Idempotency idempotency, String key) throws Exception {
        installation.usedAssertions.use("robot", key, installation.clock.instant());
        installation.database.inTransaction(() -> {
            idempotency.record(new Caller.System("test"), "route", key, new byte[0], List.of(1L));
            return true;
        });
        installation.logins.start("myDIRACClientID", "vo:demo");
        IdentityProvider provider = Providers.of("demo", "https://idp.test");
        installation.visits.beginForDevice(key, "browser", provider, "BCDFGHJK");
        installation.codes.begin(new AuthorizationRequest(
                "myDIRACClientID", "https://portal.test/back", "vo:demo", "c".repeat(43), "state"));
        installation.issuer.userTokens("a-1", Scope.parse("vo:demo", installation.registry));
        installation.accountRecords.failed(new VoName("demo"), new UserName("alice"), key);
    }
}
