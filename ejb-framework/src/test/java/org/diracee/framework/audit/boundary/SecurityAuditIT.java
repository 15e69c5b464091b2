/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.audit.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.diracee.framework.fixture.Installation;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Credential;
import org.diracee.kernel.access.CredentialKind;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SecurityAuditIT {

    private static final Caller ALICE = new Caller.User(
            "a-1",
            new UserName("alice"),
            new GroupName("demo_user"),
            new VoName("demo"),
            Set.of(),
            new Credential(CredentialKind.ACCESS_TOKEN, "jti-1", Optional.of("gateway")));

    private final Installation installation = Installation.configured();

    @AfterEach
    void leave() {
        RequestOrigin.leave();
    }

    @Test
    void keepsWhoDidWhatWithWhichCredentialAndFromWhere() {
        new RequestOrigin("192.0.2.7", "request-1").enter();
        installation.audit.record(ALICE, AuditAct.SESSION_END, "session-9", "by hand");

        assertThat(installation.database.value("""
                        select concat_ws(' ', act, outcome, times, vo, actor, username, user_group, credential_kind,
                            credential, client, target, address, request_id, detail) from framework.audit"""))
                .isEqualTo("session-end DONE 1 demo user:demo:a-1 alice demo_user ACCESS_TOKEN jti-1 gateway"
                        + " session-9 192.0.2.7 request-1 by hand");
    }

    @Test
    void whatIsTakenBackWasNeverDone() {
        assertThatThrownBy(() -> installation.database.inTransaction(() -> {
                    installation.audit.record(ALICE, AuditAct.SESSION_END, "session-9", "");
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(rows()).isEqualTo("0");
    }

    @Test
    void aRefusalIsKeptAlthoughItsTransactionIsTakenBack() {
        for (int time = 0; time < 3; time++) {
            assertThatThrownBy(() -> installation.database.inTransaction(() -> {
                        installation.audit.refused(ALICE, AuditAct.ACCESS, "Sessions.list", "");
                        throw new IllegalStateException("no");
                    }))
                    .isInstanceOf(IllegalStateException.class);
        }
        assertThat(rows()).isEqualTo("0");

        installation.refusalWriter.write();

        assertThat(installation.database.value("select concat_ws(' ', outcome, times, target) from framework.audit"))
                .isEqualTo("REFUSED 3 Sessions.list");
    }

    @Test
    void cutsWhatIsTooLongAndWhatTheDatabaseCannotTake() {
        installation.audit.record(ALICE, AuditAct.ACCESS, "x".repeat(2000), "a\0b" + "y".repeat(2000));

        assertThat(installation.database.value("select length(target) || ' ' || length(detail) from framework.audit"))
                .isEqualTo("512 1000");
    }

    @Test
    void writesManyActsAtOnce() {
        installation.audit.record(List.of(
                new AuditedOfRequest(
                        new RequestOrigin("192.0.2.1", "r-1"),
                        AuditedAct.done(AuditAct.JOB_TOKEN, AuditActor.of(ALICE), "job:1", "")),
                new AuditedOfRequest(
                        new RequestOrigin("192.0.2.2", "r-2"),
                        AuditedAct.done(AuditAct.JOB_TOKEN, AuditActor.of(ALICE), "job:2", ""))));

        assertThat(rows()).isEqualTo("2");
    }

    @Test
    void dropsMonthsThatAreOlderThanTheRetention() throws Exception {
        installation.audit.record(ALICE, AuditAct.LOG_IN, "old", "");
        AuditRecords records = installation.auditRecords;
        months(records);
        installation.clock.advance(Duration.ofDays(70));
        months(records);
        installation.audit.record(ALICE, AuditAct.LOG_IN, "new", "");

        records.dropOlderThan(Duration.ofDays(31));

        assertThat(installation.database.value("select string_agg(target, ' ') from framework.audit"))
                .isEqualTo("new");
    }

    @Test
    void aMonthNobodyForesawGetsItsPartitionWithTheRowsThatWaited() {
        installation.clock.advance(Duration.ofDays(400));
        installation.audit.record(ALICE, AuditAct.LOG_IN, "unforeseen", "");
        assertThat(installation.database.value("select count(*) from framework.audit_default"))
                .isEqualTo("1");

        months(installation.auditRecords);
        installation.audit.record(ALICE, AuditAct.LOG_IN, "foreseen", "");

        assertThat(installation.database.value("select count(*) from framework.audit_default"))
                .isEqualTo("0");
        assertThat(
                        installation.database.value(
                                "select string_agg(target, ' ' order by id) || ' ' || count(distinct tableoid) from framework.audit"))
                .isEqualTo("unforeseen foreseen 1");
    }

    @Test
    void cutsWhateverStrangersClaim() {
        new RequestOrigin("a\0".repeat(100), "r\0".repeat(100)).enter();
        installation.audit.refused(AuditedAct.refused(
                AuditAct.ACCESS,
                new AuditActor(
                        "i\0".repeat(2000),
                        "u\0".repeat(2000),
                        "g\0".repeat(2000),
                        "v\0".repeat(2000),
                        new Credential(CredentialKind.PROXY, "d\0".repeat(2000), Optional.of("c\0".repeat(2000)))),
                "",
                ""));
        installation.refusalWriter.write();

        assertThat(installation.database.value("select length(actor) + length(credential) from framework.audit"))
                .isEqualTo("1536");
    }

    @Test
    void oneThatTheDatabaseDoesNotTakeHoldsUpNoOther() {
        installation.database.sql("alter table framework.audit add constraint odd check (target <> 'odd')");
        for (String target : new String[] {"one", "odd", "two"}) {
            installation.audit.refused(ALICE, AuditAct.ACCESS, target, "");
        }

        installation.refusalWriter.write();

        assertThat(installation.database.value("select string_agg(target, ' ' order by target) from framework.audit"))
                .isEqualTo("one two");
    }

    private static void months(AuditRecords records) {
        for (int ahead = 0; ahead < 3; ahead++) {
            records.ensureMonth(ahead);
        }
    }

    private String rows() {
        return installation.database.value("select count(*) from framework.audit");
    }
}
