/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.taskqueue.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.SiteName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.taskqueue.boundary.QueueDefinition;
import org.diracee.wms.taskqueue.boundary.QueueField;
import org.diracee.wms.taskqueue.boundary.ResourceDescription;
import org.diracee.wms.taskqueue.boundary.Unmet;
import org.diracee.wms.taskqueue.boundary.WantedWork;
import org.junit.jupiter.api.Test;

class QueueFitTest {

    private static final QueueDefinition QUEUE = new QueueDefinition(
            "digest",
            new VoName("vo"),
            new UserName("alice"),
            new GroupName("users"),
            3_600,
            List.of(),
            List.of("SITE.Banned.org"),
            List.of(),
            List.of("linux"),
            List.of("User"),
            List.of("8GB", "GPU"));

    private static List<String> texts(ResourceDescription resource) {
        return QueueFit.unmet(QUEUE, ResourceOffer.of(resource)).stream()
                .map(Unmet::text)
                .toList();
    }

    @Test
    void tellsEveryRequirementThatIsNotMet() {
        assertThat(texts(new ResourceDescription(
                        new SiteName("SITE.Banned.org"),
                        Optional.of("windows"),
                        60,
                        Optional.of("ce.example.org"),
                        List.of("GPU", "Fast"),
                        List.of("Fast"),
                        1,
                        2_000,
                        false,
                        List.of("Test"),
                        new WantedWork(
                                Optional.empty(),
                                Optional.of(new UserName("bob")),
                                List.of(),
                                Map.of(QueueField.OWNER_GROUP, List.of("users"))))))
                .containsExactlyInAnyOrder(
                        "CPUTime: the job needs 3600, the resource offers 60",
                        "Site: the job bans SITE.Banned.org",
                        "Platform: the job needs linux, the resource offers windows",
                        "JobType: the resource takes only jobs with Test, the job has User",
                        "Tag: the job needs 8 GB of RAM, the resource offers 2 GB of RAM, Fast, GPU",
                        "Tag: the resource takes only jobs with Fast, the job has 8 GB of RAM, GPU",
                        "Owner: the resource takes only jobs with bob, the job has alice",
                        "OwnerGroup: the resource refuses users");
    }

    @Test
    void tellsNothingOfJobsThatFit() {
        assertThat(texts(new ResourceDescription(
                        new SiteName("SITE.Good.org"),
                        Optional.of("linux"),
                        3_600,
                        Optional.empty(),
                        List.of("GPU"),
                        List.of("GPU"),
                        1,
                        8_000,
                        false,
                        List.of(),
                        WantedWork.ANY)))
                .isEmpty();
    }
}
