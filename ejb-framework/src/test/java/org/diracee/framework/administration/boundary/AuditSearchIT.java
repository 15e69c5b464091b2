/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.administration.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.diracee.framework.audit.boundary.AuditAct;
import org.diracee.framework.audit.boundary.AuditActor;
import org.diracee.framework.audit.boundary.AuditQuery;
import org.diracee.framework.audit.boundary.AuditRow;
import org.diracee.framework.audit.boundary.AuditedAct;
import org.diracee.framework.fixture.Installation;
import org.diracee.framework.fixture.People;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.paging.Page;
import org.diracee.kernel.paging.PageRequest;
import org.diracee.kernel.value.VoName;
import org.junit.jupiter.api.Test;

class AuditSearchIT {

    private static final Caller ROOT = People.of("demo", "b-2", "bob", "demo_admin", Property.SERVICE_ADMINISTRATOR);
    private static final Caller OPERATOR = People.of("demo", "b-2", "bob", "demo_ops", Property.OPERATOR);

    private final Installation installation = Installation.configured();
    private final AuditSearch search =
            installation.database.service(AuditSearch.class, installation.auditRecords, installation.configuration);

    @Test
    void anAdministratorOfAVoSeesWhatConcernsTheVoAndNothingElse() {
        log("demo", "alice", "one");
        log("other", "alice", "two");
        installation.audit.record(AuditedAct.refused(AuditAct.AUTHENTICATION, AuditActor.UNKNOWN, "three", ""));

        assertThat(targets(OPERATOR, AuditQuery.ALL)).containsExactly("one");
        assertThat(targets(ROOT, AuditQuery.ALL)).containsExactly("three", "two", "one");
        assertThatThrownBy(() -> targets(OPERATOR, AuditQuery.ALL.ofVo("other")))
                .isInstanceOf(Forbidden.class);
    }

    @Test
    void thoseWhomAVoNamesAreItsAdministrators() {
        installation.configure(2, Installation.with("Registry\n{\n  demo\n  {\n    VOAdmin = alice\n  }\n}\n"));
        installation.configuration.refresh();
        log("demo", "bob", "one");

        assertThat(targets(People.of("demo", "a-1", "alice", "demo_user"), AuditQuery.ALL))
                .containsExactly("one");
        assertThatThrownBy(() -> targets(People.of("demo", "c", "carol", "demo_user"), AuditQuery.ALL))
                .isInstanceOf(Forbidden.class);
    }

    @Test
    void findsByEveryFilter() {
        log("demo", "alice", "one");
        installation.clock.advance(Duration.ofHours(1));
        Instant between = installation.clock.instant();
        log("demo", "bob", "two");

        assertThat(targets(ROOT, query(null, null, "alice", null, null))).containsExactly("one");
        assertThat(targets(ROOT, query(between, null, null, null, null))).containsExactly("two");
        assertThat(targets(ROOT, query(null, between, null, null, null))).containsExactly("one");
        assertThat(targets(ROOT, query(null, null, null, AuditAct.SUSPENSION, null)))
                .isEmpty();
        assertThat(targets(ROOT, query(null, null, null, null, "two"))).containsExactly("two");
    }

    @Test
    void pagesMissAndRepeatNothing() {
        for (int number = 0; number < 7; number++) {
            log("demo", "alice", "t" + number);
        }
        Page<AuditRow> page = search.search(ROOT, AuditQuery.ALL, new PageRequest(3, Optional.empty()));
        assertThat(page.items()).extracting(AuditRow::target).containsExactly("t6", "t5", "t4");
        page = search.search(ROOT, AuditQuery.ALL, new PageRequest(3, page.next()));
        assertThat(page.items()).extracting(AuditRow::target).containsExactly("t3", "t2", "t1");
        page = search.search(ROOT, AuditQuery.ALL, new PageRequest(3, page.next()));
        assertThat(page.items()).extracting(AuditRow::target).containsExactly("t0");
        assertThat(page.next()).isEmpty();
        assertThatThrownBy(() -> search.search(ROOT, AuditQuery.ALL, new PageRequest(3, Optional.of("x"))))
                .isInstanceOf(InvalidRequest.class);
    }

    private void log(String vo, String user, String target) {
        installation.audit.record(
                AuditedAct.done(AuditAct.LOG_IN, AuditActor.user(new VoName(vo), user + "-1", user, ""), target, ""));
    }

    private List<String> targets(Caller caller, AuditQuery query) {
        return search.search(caller, query, new PageRequest(100, Optional.empty())).items().stream()
                .map(AuditRow::target)
                .toList();
    }

    private static AuditQuery query(Instant from, Instant until, String user, AuditAct act, String target) {
        return new AuditQuery(
                Optional.ofNullable(from),
                Optional.ofNullable(until),
                Optional.empty(),
                Optional.ofNullable(user),
                Optional.empty(),
                Optional.ofNullable(act),
                Optional.empty(),
                Optional.ofNullable(target),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
