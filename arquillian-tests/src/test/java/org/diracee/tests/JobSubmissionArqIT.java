/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.transaction.UserTransaction;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.description.boundary.WrongDescription;
import org.diracee.wms.job.boundary.JobSubmission;
import org.diracee.wms.job.boundary.SubmittedJob;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Submission inside the container: rights, rollback and errors as the container delivers them. */
@ExtendWith(ArquillianExtension.class)
class JobSubmissionArqIT {

    private static final VoName VO = new VoName("demo");
    private static final String JDL = "Executable = \"/bin/true\"; Site = \"DIRAC.Nowhere.test\";";

    @EJB(lookup = "java:global/dirac-ee/ejb-wms/JobSubmission")
    private JobSubmission submission;

    @Resource
    private UserTransaction transaction;

    /** A WAR of its own that sees the classes of the running, unchanged EAR. */
    @Deployment
    static WebArchive tests() {
        return ShrinkWrap.create(WebArchive.class, "in-container-tests.war")
                .addPackages(true, Assertions.class.getPackage())
                .addPackages(true, "net.bytebuddy")
                .addAsWebInfResource(new StringAsset("""
                                <jboss-deployment-structure xmlns="urn:jboss:deployment-structure:1.3">
                                    <deployment>
                                        <dependencies>
                                            <module name="deployment.dirac-ee.ear"/>
                                            <module name="deployment.dirac-ee.ear.ejb-wms.jar"/>
                                        </dependencies>
                                    </deployment>
                                </jboss-deployment-structure>
                                """), "jboss-deployment-structure.xml");
    }

    @Test
    void commitsWhatItAnswers() {
        List<SubmittedJob> jobs = submission.submit(user(Property.NORMAL_USER), List.of(JDL, JDL), Optional.empty());

        assertThat(jobs).hasSize(2);
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
    void anErrorArrivesUnwrappedAndRollsTheCallersTransactionBack() throws Exception {
        transaction.begin();
        try {
            assertThatThrownBy(() -> submission.submit(
                            user(Property.NORMAL_USER), List.of(JDL + "Priority = 99;"), Optional.empty()))
                    .isInstanceOf(WrongDescription.class)
                    .hasMessageContaining("99");
            assertThat(transaction.getStatus()).isEqualTo(jakarta.transaction.Status.STATUS_MARKED_ROLLBACK);
        } finally {
            transaction.rollback();
        }
    }

    private static Caller user(Property property) {
        return new Caller.User("a-1", new UserName("alice"), new GroupName("demo_user"), VO, Set.of(property));
    }
}
