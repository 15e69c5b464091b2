/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.description.boundary;

import java.util.List;
import java.util.Map;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;

/** A VO in which descriptions can be tried. */
final class Descriptions {

    static final VoName VO = new VoName("demo");
    static final JobId ID = new JobId(4711);

    static final Configuration CONFIGURATION = new Configuration(
            1,
            Map.of(
                    "Resources",
                    Map.of(
                            "Computing",
                            Map.of("OSCompatibility", Map.of("x86_64-el7", List.of("x86_64-el8", "x86_64-el9"))),
                            "Sites",
                            Map.of(
                                    "DIRAC.Local.demo",
                                    Map.of("Platform", "x86_64-local"),
                                    "LCG",
                                    Map.of("LCG.CERN.cern", Map.of(), "LCG.CNAF.it", Map.of()))),
                    "Operations",
                    Map.of(
                            "Defaults",
                            Map.of("JobDescription", Map.of("MaxPriority", 9, "MaxCPUTime", 500_000)),
                            "demo",
                            Map.of("JobDescription", Map.of("MaxPriority", "8", "MaxInputData", 2)))));

    private Descriptions() {}

    static JobDescriptions ofAlice() {
        return new JobDescriptions(CONFIGURATION, new UserName("alice"), new GroupName("demo_user"), VO);
    }

    static ExpandedDescription expand(String jdl) {
        return ofAlice().expand(List.of(jdl)).get(0);
    }

    /** Expands attributes that stand beside an executable. */
    static ExpandedDescription with(String attributes) {
        return expand("Executable = \"run.sh\"; " + attributes);
    }

    static ExpandedJob jobWith(String attributes) {
        return with(attributes).jobs().get(0);
    }

    static String manifestWith(String attributes) {
        ExpandedDescription expanded = with(attributes);
        return new JobText(expanded.description())
                .manifest(0, expanded.jobs().get(0).sweepValues(), ID);
    }
}
