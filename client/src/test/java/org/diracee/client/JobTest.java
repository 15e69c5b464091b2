/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.diracee.kernel.jdl.JdlParser;
import org.diracee.kernel.jdl.PlainValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobTest {

    @Test
    void writesTheAttributesOfDirac() {
        String jdl = new Job()
                .setName("say \"hi\"")
                .setJobGroup("greetings")
                .setType("User")
                .setExecutable("hi.sh", "-v 1")
                .setStdOutput("out")
                .setStdError("err")
                .setInputSandbox("SB:S3|/a.tar.zst", "LFN:/demo/b")
                .setOutputSandbox("*.log")
                .setInputData("LFN:/demo/c")
                .setInputDataPolicy("Download", false)
                .setOutputData("d.root")
                .setOutputSE("SE-ONE")
                .setOutputPath("results")
                .setPlatform("ANY")
                .setDestination("A.b.c", "D.e.f")
                .setBannedSites("G.h.i")
                .setDestinationCE("ce.example.org")
                .setCPUTime(3600)
                .setNumberOfProcessors(2, 8)
                .setWholeNode()
                .setMaxRAM(4)
                .setTag("GPU")
                .setPriority(7)
                .setLogLevel("DEBUG")
                .setConfigArgs("job.cfg")
                .setExecutionEnv(Map.of("A", "1+1 = 2", "B", ""))
                .setJobPath("InputData")
                .toJdl();

        assertThat(JdlParser.parse(jdl)).isEqualTo(JdlParser.parse("""
                        JobName = "say \\"hi\\""; JobGroup = "greetings"; JobType = "User"; Executable = "hi.sh"; Arguments = "-v 1";
                        StdOutput = "out"; StdError = "err"; InputSandbox = {"SB:S3|/a.tar.zst", "LFN:/demo/b"};
                        OutputSandbox = {"*.log"}; InputData = {"LFN:/demo/c"}; InputDataPolicy = "Download";
                        DisableDataScheduling = true; OutputData = {"d.root"}; OutputSE = {"SE-ONE"}; OutputPath = "results";
                        Platform = "ANY"; Site = {"A.b.c", "D.e.f"}; BannedSites = {"G.h.i"}; GridCE = {"ce.example.org"};
                        CPUTime = 3600; MinNumberOfProcessors = 2; MaxNumberOfProcessors = 8; WholeNode = true; MaxRAM = 4;
                        Tags = {"GPU"}; Priority = 7; LogLevel = "DEBUG"; JobConfigArgs = "job.cfg";
                        ExecutionEnvironment = {"A=1%2B1%20%3D%202", "B="}; JobPath = {"InputData"};"""));
        assertThat(JdlParser.parse(new Job().setNumberOfProcessors(4).toJdl()).integer("NumberOfProcessors"))
                .contains(4L);
    }

    @Test
    void aSequenceMakesASweep() {
        String jdl = new Job()
                .setExecutable("fit.sh", "--run %(Run)s")
                .setParameterSequence("Run", List.of(101, 102L))
                .setParameterSequence(
                        "InputData", List.of(List.of("LFN:/demo/a", "LFN:/demo/b"), List.of("LFN:/demo/c")))
                .setParameterSequence("Cut", List.of(0.5, true))
                .toJdl();

        assertThat(JdlParser.parse(jdl)).isEqualTo(JdlParser.parse("""
                        Executable = "fit.sh"; Arguments = "--run %(Run)s"; Parameters = 2; Parameters.Run = {101, 102};
                        Parameters.InputData = {{"LFN:/demo/a", "LFN:/demo/b"}, {"LFN:/demo/c"}};
                        InputData = "%(InputData)s"; Parameters.Cut = {0.5, true};"""));
    }

    @Test
    void asAMapItIsTheSameDescription() {
        Job job = new Job()
                .setExecutable("fit.sh", "--run %(Run)s")
                .setWholeNode()
                .setParameterSequence("Run", List.of(101, 102L))
                .setParameterSequence("Cut", List.of(0.5, List.of(true, "x")));

        assertThat(job.toMap())
                .containsEntry("Executable", "fit.sh")
                .containsEntry("Parameters.Cut", List.of(0.5, List.of(true, "x")));
        assertThat(PlainValues.record(job.toMap(), "")).isEqualTo(JdlParser.parse(job.toJdl()));
    }

    @Test
    void theProgramOfTheExamplesIsOneOfThisClient(@TempDir Path classes) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        said,
                        said,
                        "-proc:none",
                        "-d",
                        classes.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "../examples/from-java/SubmitFits.java");
        assertThat(failed).as(said.toString(UTF_8)).isZero();
    }

    @Test
    void refusesSequencesThatDoNotFit() {
        Job job = new Job().setParameterSequence("A", List.of(1, 2));

        assertThatThrownBy(() -> job.setParameterSequence("B", List.of(1, 2, 3)))
                .hasMessage("The sequence B has 3 values; the other sequences have 2");
        assertThatThrownBy(() -> new Job().setParameterSequence("B", List.of()))
                .hasMessageContaining("at least one is needed");
        assertThatThrownBy(() -> job.setParameterSequence("C", List.of(1, new Object())))
                .hasMessageContaining("cannot be a parameter");
    }
}
