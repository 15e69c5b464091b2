/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.description.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorKind;
import org.diracee.kernel.jdl.JdlParser;
import org.junit.jupiter.api.Test;

class DescriptionFuzzTest {

    private static final String[] VALUES = {
        "1",
        "-1",
        "0",
        "99999999999",
        "1e300",
        "true",
        "\"\"",
        "\"x\"",
        "\"%s\"",
        "\"%(A)s\"",
        "\"%(\"",
        "%n",
        "{}",
        "{1, {2}}",
        "{{{}}}",
        "[]",
        "[A = %s]",
        "{\"a\", \"%j\"}",
        "\"LCG.CERN.cern\"",
        "\"ANY\"",
        "\"Group.x\"",
        "{\"/demo/f\"}",
        "3",
        "{1, 2, 3}",
        "{{1, 2}, 3, 4}",
        "\"3\"",
        "0.5",
        "\"a;b;;\"",
        "\"\\n\\001\""
    };
    private static final String[] NAMES = {
        "Arguments",
        "StdOutput",
        "StdError",
        "InputSandbox",
        "OutputSandbox",
        "ExecutionEnvironment",
        "LogLevel",
        "Memory",
        "JobName",
        "JobGroup",
        "JobType",
        "Priority",
        "CPUTime",
        "Site",
        "BannedSites",
        "GridCE",
        "Platform",
        "Tags",
        "Tag",
        "NumberOfProcessors",
        "MinNumberOfProcessors",
        "MaxNumberOfProcessors",
        "WholeNode",
        "MaxRAM",
        "Owner",
        "Parameters",
        "Parameters.A",
        "ParameterStart",
        "ParameterStart.A",
        "ParameterStep.A",
        "ParameterFactor",
        "Parameter",
        "Parameter.A",
        "ParameterNumber",
        "JobID",
        "JobRequirements",
        "InputData",
        "Unknown",
        "Executable",
        "StopSigNumber"
    };

    /** Whatever is described, jobs with all their texts come out, or an error that is the client's. */
    @Test
    void makesJobsOrRefusesProperly() {
        int valid = 0;
        JobDescriptions descriptions = Descriptions.ofAlice();
        for (int seed = 0; seed < 1_000; seed++) {
            Random random = new Random(seed);
            StringBuilder jdl = new StringBuilder("Executable2 = \"x\"; Executable = \"run.sh\"; ");
            if (random.nextBoolean()) {
                jdl.append("Parameters = {1, 2, 3}; ");
            }
            for (int i = random.nextInt(5); i > 0; i--) {
                jdl.append(NAMES[random.nextInt(NAMES.length)]).append(" = ");
                jdl.append(VALUES[random.nextInt(VALUES.length)]).append("; ");
            }
            try {
                ExpandedDescription expanded =
                        descriptions.expand(List.of(jdl.toString())).get(0);
                JobText text = new JobText(expanded.description());
                for (ExpandedJob job : expanded.jobs()) {
                    JdlParser.parse(text.original(job.index(), job.sweepValues(), Descriptions.ID));
                    JdlParser.parse(text.manifest(job.index(), job.sweepValues(), Descriptions.ID));
                    assertThat(descriptions.again(
                                    expanded.description(), job.index(), job.sweepValues(), Descriptions.ID))
                            .isEqualTo(job.withId(Descriptions.ID));
                }
                valid++;
            } catch (DiracException refused) {
                assertThat(refused.code().kind()).as(jdl.toString()).isIn(ErrorKind.INVALID, ErrorKind.LIMIT);
            } catch (RuntimeException wrong) {
                throw new AssertionError("seed " + seed + ": " + jdl, wrong);
            }
        }
        assertThat(valid).isBetween(100, 900);
    }
}
