/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.ejb.EJBException;
import jakarta.ejb.EJBTransactionRequiredException;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.transaction.Status;
import jakarta.transaction.UserTransaction;
import java.io.File;
import java.net.URISyntaxException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.assertj.core.api.Assertions;
import org.diracee.framework.agent.boundary.AgentLease;
import org.diracee.framework.agent.boundary.AgentLeases;
import org.diracee.framework.agent.boundary.CycleReport;
import org.diracee.framework.agent.boundary.LeaseLost;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.job.boundary.JobSubmission;
import org.diracee.wms.job.boundary.SubmittedJob;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What only the container does for a submission: its rights, its transaction, the leases of the agents beside it. */
@ExtendWith(ArquillianExtension.class)
class JobSubmissionArqIT {

    private static final VoName VO = new VoName("demo");
    private static final String JDL = "Executable = \"/bin/true\"; Site = \"DIRAC.Nowhere.test\";";

    @EJB(lookup = "java:global/dirac-ee/ejb-wms/JobSubmission")
    private JobSubmission submission;

    @EJB(lookup = "java:global/dirac-ee/ejb-framework/AgentLeases")
    private AgentLeases leases;

    @Resource(lookup = "java:jboss/datasources/DiracDS")
    private DataSource database;

    @Resource(lookup = "java:comp/UserTransaction")
    private UserTransaction transaction;

    @Resource(lookup = "java:comp/DefaultManagedExecutorService")
    private ManagedExecutorService threads;

    /** A WAR of its own that sees the classes of the running, unchanged EAR. */
    @Deployment
    static WebArchive tests() throws URISyntaxException {
        return ShrinkWrap.create(WebArchive.class, "in-container-tests.war")
                .addAsLibraries(new File(Assertions.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI()))
                .addAsWebInfResource(new StringAsset("""
                                <jboss-deployment-structure xmlns="urn:jboss:deployment-structure:1.3">
                                    <deployment>
                                        <dependencies>
                                            <module name="deployment.dirac-ee.ear"/>
                                            <module name="deployment.dirac-ee.ear.ejb-framework.jar"/>
                                            <module name="deployment.dirac-ee.ear.ejb-wms.jar"/>
                                        </dependencies>
                                    </deployment>
                                </jboss-deployment-structure>
                                """), "jboss-deployment-structure.xml");
    }

    @Test
    void aSweepThatFailsInTheMiddleLeavesNothingAndItsRepeatSucceeds() throws SQLException {
        String mark = UUID.randomUUID().toString().substring(0, 20);
        String sweep = JDL + "Parameters = 5; JobName = \"" + mark + "-%n\"; JobGroup = \"" + mark + "\"; Tags = {\""
                + mark + "\"};";

        run("create function wms.refuse_third() returns trigger language plpgsql as"
                + " 'begin raise exception ''the third job is refused''; end'");
        try {
            run("create trigger refuse_third before insert on wms.job for each row when (new.job_name = '" + mark
                    + "-2') execute function wms.refuse_third()");
            assertThatThrownBy(() -> submission.submit(user(Property.NORMAL_USER), List.of(sweep), Optional.of(mark)))
                    .isInstanceOf(EJBException.class)
                    .hasStackTraceContaining("the third job is refused");
        } finally {
            run("drop function wms.refuse_third cascade");
        }

        assertThat(jobs(mark)).isZero();
        assertThat(count("select count(*) from wms.submission where description like '%' || ? || '%'", mark))
                .isZero();
        assertThat(count("select count(*) from wms.task_queue where ? = any (tags)", mark))
                .isZero();
        assertThat(submission.submit(user(Property.NORMAL_USER), List.of(sweep), Optional.of(mark)))
                .hasSize(5);
        assertThat(jobs(mark)).isEqualTo(5);
    }

    @Test
    void isCommittedWhenItAnswersAndGoneWithTheTransactionOfItsCaller() throws Exception {
        String kept = UUID.randomUUID().toString().substring(0, 20);
        String undone = UUID.randomUUID().toString().substring(0, 20);

        List<SubmittedJob> jobs = submission.submit(
                user(Property.NORMAL_USER), List.of(JDL + "JobGroup = \"" + kept + "\";"), Optional.empty());
        transaction.begin();
        submission.submit(
                user(Property.NORMAL_USER), List.of(JDL + "JobGroup = \"" + undone + "\";"), Optional.empty());
        transaction.rollback();

        assertThat(jobs).hasSize(1);
        assertThat(jobs(kept)).isEqualTo(1);
        assertThat(jobs(undone)).isZero();
    }

    @Test
    void refusesACallerWithoutTheProperty() {
        assertThatThrownBy(() -> submission.submit(user(Property.JOB_MONITOR), List.of(JDL), Optional.empty()))
                .isInstanceOf(Forbidden.class);
    }

    @Test
    void refusesACallerOfAnotherKind() {
        Caller pilot = new Caller.Pilot(new PilotStamp("0123456789abcdef"), VO);

        assertThatThrownBy(() -> submission.submit(pilot, List.of(JDL), Optional.empty()))
                .isInstanceOf(Forbidden.class);
    }

    @Test
    void anErrorArrivesUnwrappedAndDoomsTheTransactionOfItsCaller() throws Exception {
        transaction.begin();
        try {
            assertThatThrownBy(() -> submission.submit(
                            user(Property.NORMAL_USER), List.of(JDL + "Priority = 99;"), Optional.empty()))
                    .isInstanceOf(DiracException.class)
                    .hasMessageContaining("99");
            assertThat(transaction.getStatus()).isEqualTo(Status.STATUS_MARKED_ROLLBACK);
        } finally {
            transaction.rollback();
        }
    }

    @Test
    void ofManyThatAskForALeaseOneGetsIt() throws Exception {
        String agent = "agent-" + UUID.randomUUID();
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<Optional<AgentLease>>> asked = new ArrayList<>();
            for (int node = 0; node < 8; node++) {
                String owner = "node-" + node;
                asked.add(threads.submit(() -> {
                    start.await();
                    return leases.takeIfDue(agent, owner);
                }));
            }
            start.countDown();
            List<AgentLease> taken = new ArrayList<>();
            for (Future<Optional<AgentLease>> one : asked) {
                one.get(30, TimeUnit.SECONDS).ifPresent(taken::add);
            }

            assertThat(taken).hasSize(1);
            AgentLease first = taken.get(0);
            assertThat(leases.takeNow(agent, "latecomer")).isEmpty();
            assertThat(leases.finish(first, Instant.now(), CycleReport.NOTHING, Duration.ZERO))
                    .isTrue();
            assertThat(leases.takeNow(agent, "successor"))
                    .hasValueSatisfying(next -> assertThat(next.fence()).isGreaterThan(first.fence()));
            assertThat(leases.prolong(first)).isFalse();
        } finally {
            forget(agent);
        }
    }

    @Test
    void aTransactionCountsOnlyWhileItsLeaseIsHeld() throws Exception {
        String agent = "agent-" + UUID.randomUUID();
        try {
            AgentLease lease = leases.takeNow(agent, "node").orElseThrow();
            assertThatThrownBy(() -> leases.confirm(lease)).isInstanceOf(EJBTransactionRequiredException.class);

            transaction.begin();
            leases.confirm(lease);
            transaction.commit();
            leases.finish(lease, Instant.now(), CycleReport.NOTHING, Duration.ZERO);
            assertThat(leases.takeNow(agent, "successor")).isPresent();
            transaction.begin();
            try {
                assertThatThrownBy(() -> leases.confirm(lease)).isInstanceOf(LeaseLost.class);
                assertThat(transaction.getStatus()).isEqualTo(Status.STATUS_MARKED_ROLLBACK);
            } finally {
                transaction.rollback();
            }
        } finally {
            forget(agent);
        }
    }

    private static Caller user(Property property) {
        return new Caller.User("a-1", new UserName("alice"), new GroupName("demo_user"), VO, Set.of(property));
    }

    private long jobs(String group) throws SQLException {
        return count("select count(*) from wms.job where job_group = ?", group);
    }

    private long count(String sql, String parameter) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, parameter);
            try (ResultSet rows = query.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private void forget(String agent) throws SQLException {
        run("delete from framework.agent_lease where name = '" + agent + "'");
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
