/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.description.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.diracee.wms.description.boundary.Descriptions.jobWith;
import static org.diracee.wms.description.boundary.Descriptions.ofAlice;
import static org.diracee.wms.description.boundary.Descriptions.with;

import java.util.List;
import java.util.Optional;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.FieldError;
import org.diracee.kernel.jdl.JdlParser;
import org.diracee.kernel.jdl.JdlRecord;
import org.diracee.wms.description.control.InvalidJobDescription;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobDescriptionsTest {

    private static List<FieldError> problemsOf(String jdl) {
        InvalidJobDescription error = catchThrowableOfType(InvalidJobDescription.class, () -> Descriptions.expand(jdl));
        assertThat(error).as("the error of <%s>", jdl).isNotNull();
        assertThat(error.code()).isEqualTo(ErrorCode.JDL_INVALID);
        return error.fields();
    }

    @Nested
    class Expanding {

        @Test
        void makesOneJobWithDefaults() {
            ExpandedDescription expanded = Descriptions.expand("[ Executable = \"/bin/true\" ]");

            assertThat(expanded.jobs())
                    .containsExactly(new ExpandedJob(
                            0,
                            Optional.empty(),
                            "Unknown",
                            "00000000",
                            Optional.empty(),
                            "User",
                            1,
                            "ANY",
                            new Requirements(
                                    86_400, List.of(), List.of(), List.of(), List.of(), List.of("User"), List.of()),
                            List.of()));
            assertThat(expanded.warnings()).isEmpty();
            assertThat(expanded.inputSandboxes()).isEmpty();
        }

        @Test
        void fillsTheManifestForTheWrapper() {
            JdlRecord manifest = JdlParser.parse(Descriptions.manifestWith("""
                    cputime = "3600"; Tag = "GPU;AVX2"; WholeNode = "False"; OutputSandbox = "a.txt, b.txt";
                    JobName = "job-%j"; JobRequirements = [ X = 1 ]; Custom = [ A = { "%j" } ];"""));

            assertThat(manifest).isEqualTo(JdlParser.parse("""
                                    Executable = "run.sh"; CPUTime = 3600; Tags = {"GPU", "AVX2"}; WholeNode = false;
                                    OutputSandbox = {"a.txt", "b.txt"}; JobName = "job-4711"; Custom = [ A = {"4711"} ];
                                    StdOutput = "std.out"; StdError = "std.err"; LogLevel = "INFO";
                                    JobGroup = "00000000"; JobType = "User"; Priority = 1;
                                    Owner = "alice"; OwnerGroup = "demo_user"; VirtualOrganization = "demo"; JobID = 4711;
                                    """));
        }

        @Test
        void keepsTheOriginalAsTheUserWroteIt() {
            String jdl = "Executable = \"run.sh\"; cputime = \"3600\"; Tag = \"GPU;AVX2\"";
            ExpandedDescription expanded = Descriptions.expand(jdl);

            assertThat(JdlParser.parse(
                            new JobText(expanded.description()).original(0, Optional.empty(), Descriptions.ID)))
                    .isEqualTo(JdlParser.parse(jdl));
        }

        @Test
        void putsTheIdIntoNamesWhenItIsKnown() {
            ExpandedJob job = jobWith("JobName = \"a-%j\"; JobGroup = \"g%j\"");

            assertThat(job.jobName()).isEqualTo("a-%j");
            assertThat(job.withId(Descriptions.ID).jobName()).isEqualTo("a-4711");
            assertThat(job.withId(Descriptions.ID).jobGroup()).isEqualTo("g4711");
        }

        @Test
        void namesTheUploadedSandboxes() {
            ExpandedDescription expanded = with("InputSandbox = {\"SB:S|/a\", \"x.sh\", \"LFN:/demo/f\", \"SB:S|/a\"}");

            assertThat(expanded.inputSandboxes()).containsExactly("SB:S|/a");
            assertThat(expanded.warnings())
                    .containsExactly(
                            "InputSandbox holds names of local files, which the server cannot fetch; upload them and name the"
                                    + " sandbox, as dirac-ee job submit does",
                            "InputSandbox holds an LFN; LFNs are stored but not yet acted on");
        }

        @Test
        void readsSeveralDescriptionsOrNone() {
            assertThat(ofAlice().expand(List.of("Executable = \"a\"", "Executable = \"b\"")))
                    .hasSize(2);
            assertThatThrownBy(() -> ofAlice().expand(List.of("Executable = \"a\"", "Executable = ")))
                    .isInstanceOfSatisfying(DiracException.class, error -> assertThat(error.code())
                            .isEqualTo(ErrorCode.JDL_SYNTAX))
                    .hasMessageStartingWith("Description 2 of 2: JDL syntax error at line 1, column 14: found the end");
            assertThatThrownBy(
                            () -> ofAlice().expand(List.of("Executable = \"a\"", "Executable = \"b\"; Priority = 99")))
                    .hasMessageStartingWith("Description 2 of 2: The job description is invalid: Priority: '99'");
            assertThatThrownBy(
                            () -> ofAlice().expand(List.of("Executable = \"a\"", "Executable = \"b\"; Parameters = 2")))
                    .hasMessage(
                            "Description 2 of 2: A description with Parameters stands beside others; allowed is one sweep"
                                    + " alone, or several single jobs");
            assertThatThrownBy(() -> ofAlice().expand(List.of()))
                    .hasMessage("The request holds no job description; allowed are 1 to 100000");
        }

        @Test
        void derivesAStoredJobAgain() {
            ExpandedDescription expanded = with("Parameters = {100, 5000}; CPUTime = %s; JobName = \"n%n\"");
            ExpandedJob second = expanded.jobs().get(1);

            assertThat(ofAlice().again(expanded.description(), 1, second.sweepValues(), Descriptions.ID))
                    .isEqualTo(second);
        }
    }

    @Nested
    class Warnings {

        @Test
        void nameKnownAttributesThatNothingObeysYet() {
            assertThat(with("OutputData = {\"a\"}; JobConfigArgs = \"c\"; JobID = 3")
                            .warnings())
                    .containsExactly(
                            "OutputData is stored but not yet acted on",
                            "JobConfigArgs is stored but not yet acted on",
                            "JobID is set by the server; the value given has no effect");
        }

        @Test
        void suggestTheAttributeThatWasMeant() {
            assertThat(with("Argumetns = \"1\"; Xyzzy = 1").warnings())
                    .containsExactly(
                            "Argumetns is no attribute that this server knows (did you mean Arguments?); it is stored and has"
                                    + " no effect",
                            "Xyzzy is no attribute that this server knows; it is stored and has no effect");
        }

        @Test
        void tellThatPlaceholdersStandWithoutASweep() {
            assertThat(with("Arguments = \"%(X)s and %s of %j\"").warnings())
                    .containsExactly(
                            "Arguments holds %(X)s, which stays as it is because there is no Parameters",
                            "Arguments holds %s, which stays as it is because there is no Parameters");
        }
    }

    @Nested
    class Problems {

        @Test
        void areToldAllAtOnce() {
            assertThat(problemsOf("CPUTime = 5; Site = \"LCG.CRN.cern\"; Priority = \"high\"; Owner = \"bob\""))
                    .containsExactlyInAnyOrder(
                            new FieldError("Executable", "is missing; it names the program or script to run"),
                            new FieldError(
                                    "CPUTime",
                                    "'5' is not allowed; allowed is a whole number from 100 to 500000 (normalised seconds)"),
                            new FieldError(
                                    "Site",
                                    "'LCG.CRN.cern' is no site that the configuration knows (did you mean LCG.CERN.cern?);"
                                            + " allowed are ANY and DIRAC.Local.demo, LCG.CERN.cern, LCG.CNAF.it"),
                            new FieldError("Priority", "'high' is a text; allowed is a whole number"),
                            new FieldError(
                                    "Owner", "'bob' is not who submits; allowed is 'alice', or to leave it out"));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '!',
                quoteCharacter = '`',
                value = {
                    "Executable = \" \" ! Executable ! ' ' is not allowed; allowed is the name of a program or script",
                    "Arguments = {1} ! Arguments ! '{1}' is a list; allowed is a text",
                    "StdOutput = \"/etc/x\" ! StdOutput ! '/etc/x' is not allowed; allowed is the name of a file in the job's"
                            + " directory",
                    "OutputSandbox = {\"a\", \"b/../../c\"} ! OutputSandbox ! 'b/../../c' is not allowed; allowed are names or"
                            + " patterns of files in the job's directory",
                    "InputSandbox = \"SB:x\" ! InputSandbox ! 'SB:x' is not allowed; allowed are names of files,"
                            + " SB:<storage>|<path> as the upload answered, or LFN:/<vo>/...",
                    "InputSandbox = {[A=1]} ! InputSandbox ! '{[A = 1]}' is a list; allowed is a text or a list of texts",
                    "ExecutionEnvironment = {\"A B=1\"} ! ExecutionEnvironment ! 'A B=1' is not allowed; allowed are"
                            + " NAME=value, the value URL-quoted",
                    "StopSigRegex = \"(\" ! StopSigRegex ! '(' is not allowed; allowed is a regular expression of at most 256"
                            + " characters",
                    "LogLevel = \"LOUD\" ! LogLevel ! 'LOUD' is not allowed; allowed is one of TRACE, DEBUG, VERBOSE, INFO,"
                            + " WARN, NOTICE, ERROR, ALWAYS, FATAL",
                    "JobType = \"user\" ! JobType ! 'user' is no known job type (did you mean User?); allowed are Hospital,"
                            + " MCSimulation, Merge, Removal, Replication, Test, User",
                    "Priority = 9 ! Priority ! '9' is not allowed; allowed is a whole number from 0 to 8",
                    "NumberOfProcessors = 1025 ! NumberOfProcessors ! '1025' is not allowed; allowed is a whole number from 1"
                            + " to 1024",
                    "MinNumberOfProcessors = 4; MaxNumberOfProcessors = 2 ! MaxNumberOfProcessors ! '2' is below"
                            + " MinNumberOfProcessors '4'; allowed is that or more",
                    "NumberOfProcessors = 2; MaxNumberOfProcessors = 4 ! NumberOfProcessors ! '2' contradicts the range from 2"
                            + " to 4; allowed is the exact number or a range",
                    "WholeNode = \"maybe\" ! WholeNode ! 'maybe' is a text; allowed is true or false",
                    "MaxRAM = 0 ! MaxRAM ! '0' is not allowed; allowed is a whole number from 1 to 1024 (GB)",
                    "Platform = \"x86_64-el6\" ! Platform ! 'x86_64-el6' is no known platform (did you mean x86_64-el7?);"
                            + " allowed are x86_64-el7, x86_64-local",
                    "Site = {\"LCG.CERN.cern\"}; BannedSites = \"LCG.CERN.cern\" ! Site ! all sites named are banned by"
                            + " BannedSites; at least one must be left",
                    "Site = {\"ANY\", \"LCG.CERN.cern\"} ! Site ! ANY stands together with LCG.CERN.cern; allowed is ANY alone,"
                            + " or sites",
                    "Site = \"Group.T1\" ! Site ! a group of sites stands alone; allowed is a group's name together with the"
                            + " sites it stands for",
                    "Tags = {\"a b\"} ! Tags ! 'a b' is not allowed; allowed are tags of 1 to 64 letters, digits, '_', '.',"
                            + " ':', '+' or '-'",
                    "Tags = \"A\"; Tag = \"B\" ! Tag ! is given beside Tags, which is the same; allowed is one of them",
                    "InputData = \"LFN:/other/f\" ! InputData ! 'LFN:/other/f' is not allowed; allowed are LFN:/demo/..."
                            + " without empty parts",
                    "InputData = {\"/demo/a\", \"/demo/b\", \"/demo/c\"} ! InputData ! names 3 files; allowed are 2 for jobs of"
                            + " type User",
                    "VirtualOrganization = \"lhcb\" ! VirtualOrganization ! 'lhcb' is not who submits; allowed is 'demo', or to"
                            + " leave it out",
                    "Parameters.X = 3 ! Parameters.X ! stands without Parameters; a sweep needs Parameters = <number of jobs>,"
                            + " or a list",
                })
        void say(String attributes, String field, String message) {
            String executable = attributes.startsWith("Executable") ? "" : "Executable = \"run.sh\"; ";
            assertThat(problemsOf(executable + attributes)).containsExactly(new FieldError(field, message));
        }

        @Test
        void countTheIdIntoTheLengthOfAName() {
            String longest = "n".repeat(128 - 19);

            assertThat(jobWith("JobName = \"" + longest + "%j\"").jobName()).hasSize(111);
            assertThat(problemsOf("Executable = \"x\"; JobName = \"n" + longest + "%j\""))
                    .hasSize(1);
        }

        @Test
        void areCutInTheDetailButNotInTheFields() {
            InvalidJobDescription error = catchThrowableOfType(
                    InvalidJobDescription.class,
                    () -> Descriptions.expand(
                            "CPUTime = 1; Priority = 99; MaxRAM = 0; Memory = 0; NumberOfProcessors = 0;"
                                    + " LogLevel = \"x\"; JobType = \"x\""));

            assertThat(error.detail())
                    .startsWith("The job description is invalid: CPUTime: '1'")
                    .endsWith("; and 3 more");
            assertThat(error.fields()).hasSize(8);
        }

        @Test
        void nameTheDepthTheSizeAndTheNumberAllowed() {
            assertThat(problemsOf("Executable = \"x\"; A = " + "{".repeat(40) + "}".repeat(40)))
                    .containsExactly(new FieldError("JDL", "lists and records nest 41 deep; allowed are 32"));
            StringBuilder many = new StringBuilder("Executable = \"x\"");
            for (int i = 0; i < 300_000; i++) {
                many.append("; Parameters.A").append(i).append(" = %s");
            }
            assertThat(problemsOf(many.toString()))
                    .containsExactly(new FieldError("JDL", "has 300001 attributes; allowed are 1000"));
            assertThat(problemsOf("Executable = \"x\"; A = \"" + "a".repeat(1_100_000) + "\""))
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.message())
                            .matches("the text of a job would have 1100\\d{3} characters; allowed are 1048576"));
        }
    }

    @Nested
    class Demands {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "NumberOfProcessors = 1 | ''",
                    "NumberOfProcessors = 4 | 4Processors,MultiProcessor",
                    "MinNumberOfProcessors = 2; MaxNumberOfProcessors = 2 | 2Processors,MultiProcessor",
                    "MaxNumberOfProcessors = 8 | MultiProcessor",
                    "MinNumberOfProcessors = 2; MaxNumberOfProcessors = 8 | 2Processors,MultiProcessor",
                    "MinNumberOfProcessors = 3 | 3Processors,MultiProcessor",
                    "WholeNode = true | MultiProcessor,WholeNode",
                    "MaxRAM = 4 | 4GB",
                    "MaxRAM = 1 | ''",
                    "Tags = {\"GPU\", \"AVX\", \"GPU\"}; MaxRAM = 2 | 2GB,AVX,GPU",
                })
        void becomeTags(String attributes, String tags) {
            assertThat(String.join(",", jobWith(attributes).requirements().tags()))
                    .isEqualTo(tags.strip());
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "Site = \"ANY\" | ANY | '' | ''",
                    "Site = \"LCG.CERN.cern\" | LCG.CERN.cern | LCG.CERN.cern | ''",
                    "Site = \"LCG.CNAF.it;LCG.CERN.cern\" | Multiple | LCG.CERN.cern,LCG.CNAF.it | ''",
                    "Site = {\"LCG.CNAF.it\",\"LCG.CERN.cern\"}; BannedSite = \"LCG.CNAF.it\" | LCG.CERN.cern | LCG.CERN.cern | ''",
                    "BannedSites = {\"LCG.CNAF.it\"} | ANY | '' | LCG.CNAF.it",
                    "Site = {\"Group.T1\",\"LCG.CNAF.it\",\"LCG.CERN.cern\"} | Group.T1 | LCG.CERN.cern,LCG.CNAF.it | ''",
                })
        void nameSites(String attributes, String column, String sites, String banned) {
            ExpandedJob job = jobWith(attributes);

            assertThat(job.site()).isEqualTo(column);
            assertThat(String.join(",", job.requirements().sites())).isEqualTo(sites.strip());
            assertThat(String.join(",", job.requirements().bannedSites())).isEqualTo(banned.strip());
        }

        @Test
        void expandThePlatformToThoseThatCanRunIt() {
            assertThat(jobWith("Platform = \"x86_64-el7\"").requirements().platforms())
                    .containsExactly("x86_64-el7", "x86_64-el8", "x86_64-el9");
            assertThat(jobWith("Platform = \"x86_64-local\"").requirements().platforms())
                    .containsExactly("x86_64-local");
            assertThat(jobWith("Platform = \"any\"").requirements().platforms()).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({"100, 360", "360, 360", "361, 1800", "86400, 86400", "86401, 172800", "500000, 518400"})
        void takeTheSegmentOfCpuTime(int asked, int segment) {
            assertThat(jobWith("CPUTime = " + asked).requirements().cpuTime()).isEqualTo(segment);
        }

        @Test
        void areEqualForJobsThatSayTheSameDifferently() {
            Requirements one = jobWith("Tags = {\"A\", \"B\"}; CPUTime = 400; Site = \"LCG.CERN.cern,LCG.CNAF.it\"")
                    .requirements();
            Requirements other = jobWith("Site = {\"LCG.CNAF.it\", \"LCG.CERN.cern\"}; Tag = \"B;A;A\"; CPUTime = 1800;"
                            + " BannedSites = \"DIRAC.Local.demo\"")
                    .requirements();

            assertThat(other).isEqualTo(one);
            assertThat(other.digest()).isEqualTo(one.digest());
        }
    }
}
