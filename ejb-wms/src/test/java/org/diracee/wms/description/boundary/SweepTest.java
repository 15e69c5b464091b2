/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.description.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.diracee.wms.description.boundary.Descriptions.with;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.FieldError;
import org.diracee.kernel.jdl.JdlParser;
import org.diracee.kernel.jdl.JdlRecord;
import org.diracee.wms.description.control.InvalidJobDescription;
import org.diracee.wms.description.control.TooManyJobs;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepTest {

    /** Returns the arguments of all jobs. */
    private static List<String> arguments(String attributes) {
        return texts(with(attributes), "Arguments");
    }

    private static List<String> texts(ExpandedDescription expanded, String attribute) {
        JobText text = new JobText(expanded.description());
        return expanded.jobs().stream()
                .map(job -> JdlParser.parse(text.manifest(job.index(), job.sweepValues(), Descriptions.ID)))
                .map(manifest -> String.join("|", manifest.texts(attribute)))
                .toList();
    }

    @Nested
    class Sequences {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "Parameters = {\"a\", 2, true, 0.5} | a 2 true 0.5",
                    "Parameters = \"only\" | only",
                    "Parameters = 3 | 1 1 1",
                    "Parameters = \"3\"; ParameterStart = \"1\"; ParameterStep = 2 | 1 3 5",
                    "Parameters = 4; ParameterStart = 1; ParameterFactor = 3; ParameterStep = -1 | 1 2 5 14",
                    "Parameters = 3; ParameterStart = 1; ParameterStep = 0.5 | 1 1.5 2.0",
                    "Parameters = 3; ParameterStart = 1e6; ParameterFactor = 10 | 1000000.0 10000000.0 100000000.0",
                })
        void giveTheirValues(String attributes, String values) {
            assertThat(arguments("Arguments = \"%s\"; " + attributes)).containsExactly(values.split(" ", -1));
        }

        @Test
        void mayBeSeveralWithNames() {
            assertThat(arguments("""
                                    Arguments = "%(A)s-%(b)s-%(C)s-%s"; Parameters = {"x", "y"}; Parameters.A = {"1", "2"};
                                    ParameterStart.B = 10; ParameterStep.B = 5; Parameters.C = 2;
                                    """)).containsExactly("1-10-1-x", "2-15-1-y");
        }

        @Test
        void numberJobsInTheWidthOfTheCount() {
            assertThat(arguments("Arguments = \"%n\"; Parameters = 12"))
                    .startsWith("00", "01")
                    .endsWith("10", "11");
        }

        @Test
        void putListsInAsLists() {
            ExpandedDescription expanded =
                    with("""
                    Parameters = 2; Parameters.D = {{"/demo/a", "/demo/b"}, "/demo/c"};
                    InputData = %(D)s; OutputSandbox = {"first", "%(D)s", "last"};
                    """.replace("/demo/", "demo/").replace("InputData = %(D)s;", "Extra = %(D)s;"));

            assertThat(texts(expanded, "Extra")).containsExactly("demo/a|demo/b", "demo/c");
            assertThat(texts(expanded, "OutputSandbox"))
                    .containsExactly("first|demo/a|demo/b|last", "first|demo/c|last");
        }

        @Test
        void doNotFillWhatTheyPutIn() {
            assertThat(arguments("Arguments = \"%(A)s\"; Parameters = 2; Parameters.A = {\"%(A)s %n %s\", \"%j\"}"))
                    .containsExactly("%(A)s %n %s", "4711");
        }

        @Test
        void leaveNoTraceButTheParameterOfTheJob() {
            ExpandedDescription expanded =
                    with("Parameters = {\"a\", \"b\"}; Parameters.X = {1, {2, 3}}; ParameterStart.Y = 5");
            ExpandedJob job = expanded.jobs().get(1);

            assertThat(job.sweepValues()).contains("[Parameter = \"b\"; Parameter.X = {2, 3}; Parameter.Y = 5]");
            assertThat(JdlParser.parse(
                            new JobText(expanded.description()).original(1, job.sweepValues(), Descriptions.ID)))
                    .isEqualTo(JdlParser.parse(
                            "Executable = \"run.sh\"; ParameterNumber = 1; Parameter = \"b\"; Parameter.X = {2, 3};"
                                    + " Parameter.Y = 5"));
        }

        @Test
        void areNotStoredWithTheDescription() {
            assertThat(
                            with("Parameters = {\"one\", \"two\"}; Parameters.Tile = {\"x\", \"y\"}; Arguments = \"%s %(Tile)s\"")
                                    .description())
                    .contains("Parameters = 2;", "Parameters.Tile = 2;")
                    .doesNotContain("two", "\"y\"");
        }

        @Test
        void mayBeLongerInAnotherCase() {
            assertThat(arguments("arguments = \"%(TILE)s\"; PARAMETERS = 2; parameters.tile = {\"x\", \"y\"}"))
                    .containsExactly("x", "y");
        }
    }

    @Nested
    class Facts {

        @Test
        void followThePlaceholders() {
            ExpandedDescription expanded = with("""
                    Parameters = 3; Parameters.S = {"LCG.CERN.cern", {"LCG.CERN.cern", "LCG.CNAF.it"}, "ANY"};
                    Parameters.C = {200, 4000, 300}; Parameters.P = {1, 2, 3}; Parameters.T = {"User", "Test", "User"};
                    Site = %(S)s; CPUTime = "%(C)s"; Priority = %(P)s; JobType = "%(T)s"; JobGroup = "group%n"; JobName = "n-%(P)s";
                    InputSandbox = {"SB:S|/%(P)s", "SB:S|/common"};
                    """);

            assertThat(expanded.jobs())
                    .extracting(ExpandedJob::site)
                    .containsExactly("LCG.CERN.cern", "Multiple", "ANY");
            assertThat(expanded.jobs())
                    .extracting(job -> job.requirements().cpuTime())
                    .containsExactly(360, 21_600, 360);
            assertThat(expanded.jobs()).extracting(ExpandedJob::priority).containsExactly(1, 2, 3);
            assertThat(expanded.jobs()).extracting(ExpandedJob::jobType).containsExactly("User", "Test", "User");
            assertThat(expanded.jobs()).extracting(ExpandedJob::jobGroup).containsExactly("group0", "group1", "group2");
            assertThat(expanded.jobs()).extracting(ExpandedJob::jobName).containsExactly("n-1", "n-2", "n-3");
            assertThat(expanded.inputSandboxes()).containsExactly("SB:S|/1", "SB:S|/common", "SB:S|/2", "SB:S|/3");
        }

        @Test
        void shareTheRequirementsThatAreEqual() {
            List<ExpandedJob> jobs = with("Parameters = 1000; ParameterStart = 100; ParameterStep = 1; CPUTime = %s")
                    .jobs();

            assertThat(jobs.get(1).requirements()).isSameAs(jobs.get(2).requirements());
            assertThat(jobs.stream().map(ExpandedJob::requirements).collect(Collectors.toSet()))
                    .extracting(Requirements::cpuTime)
                    .containsExactlyInAnyOrder(360, 1800);
        }
    }

    @Nested
    class Refusals {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "Parameters = 3; Parameters.A = {1, 2} | Parameters.A | has 2 values but Parameters asks for 3; all"
                            + " sequences of a sweep must have the same length",
                    "Parameters = {1, 2, 3}; Parameters.A = {1, 2} | Parameters.A | has 2 values but Parameters has 3; all"
                            + " sequences of a sweep must have the same length",
                    "Parameters = 0 | Parameters | asks for 0 jobs; allowed is 1 to 100000",
                    "Parameters = {} | Parameters | asks for 0 jobs; allowed is 1 to 100000",
                    "Parameters = 1.5 | Parameters | '1.5' is not allowed; allowed is a list of values or the number of jobs",
                    "Parameters = {[A = 1]} | Parameters | '[A = 1]' is not allowed; allowed are texts, numbers, booleans and"
                            + " lists of them",
                    "Parameters = 2; ParameterStep = \"x\" | ParameterStep | 'x' is not allowed; allowed is a number",
                    "Parameters = 100; ParameterStart = 2; ParameterFactor = 3 | Parameters | value 40 of the sequence is too"
                            + " large for a number: '8105110306037952534' * '3' + '0'",
                    "Parameters = 9; ParameterStart = 1e300; ParameterFactor = 1e10 | Parameters | value 1 of the sequence is"
                            + " too large for a number: '1.0E300' * '1.0E10' + '0'",
                    "Parameters = 2; Parameters.Tile = {1, 2}; Arguments = \"%(Tlie)s\" | Arguments | '%(Tlie)s' names no"
                            + " sequence of this sweep (did you mean %(Tile)s?); allowed are %(Tile)s, %n, %j",
                    "Parameters = 2; Parameters.T = {1, 2}; Unknown = [ A = { \"%s\" } ] | Unknown | '%s' names no sequence of"
                            + " this sweep (did you mean %n?); allowed are %(T)s, %n, %j",
                    "Parameters = {1, {2, 3}}; Arguments = \"-x %s\" | Arguments | a list of Parameters would stand within a"
                            + " text; allowed is a text that is the placeholder alone",
                    "Parameters = {100, 1}; CPUTime = %s | CPUTime | job 1 of the sweep: '1' is not allowed; allowed is a whole"
                            + " number from 100 to 500000 (normalised seconds)",
                    "Parameters = {\"a\", \"b\", \"../x\"}; OutputSandbox = {%s} | OutputSandbox | job 2 of the sweep: '../x' is"
                            + " not allowed; allowed are names or patterns of files in the job's directory",
                    "Parameters = {\"alice\", \"bob\"}; Owner = %s | Owner | job 1 of the sweep: 'bob' is not who submits;"
                            + " allowed is 'alice', or to leave it out",
                })
        void say(String attributes, String field, String message) {
            InvalidJobDescription error = catchThrowableOfType(InvalidJobDescription.class, () -> with(attributes));

            assertThat(error.fields()).containsExactly(new FieldError(field, message));
        }

        @Test
        void comeBeforeAMillionJobsAreMade() {
            assertThatThrownBy(() -> with("Parameters = 1000000"))
                    .isInstanceOfSatisfying(
                            TooManyJobs.class, error -> assertThat(error.code()).isEqualTo(ErrorCode.TOO_MANY_JOBS))
                    .hasMessage("The submission asks for 1000000 jobs; allowed are 100000 in one request"
                            + " (JobDescription/MaxParametricJobs)");
            String million = IntStream.range(0, 1_000_000).mapToObj(i -> "1").collect(Collectors.joining(","));
            assertThatThrownBy(() -> with("Parameters = 1; Parameters.A = {" + million + "}"))
                    .isInstanceOf(TooManyJobs.class);
        }

        @Test
        void giveUpASweepWhoseJobsAreAllWrong() {
            InvalidJobDescription error = catchThrowableOfType(
                    InvalidJobDescription.class,
                    () -> with("Parameters = 1000; JobName = \"" + "n".repeat(130) + "%n\""));

            assertThat(error.fields()).hasSize(20);
        }

        @Test
        void stopSweepsThatGrowWithoutMeasure() {
            String value = "v".repeat(10_000);
            String uses = "%s".repeat(200);

            assertThatThrownBy(() -> with("Parameters = \"" + value + "\"; Note = \"" + uses + "\""))
                    .hasMessageContaining("the text of a job would have 2011");
            assertThatThrownBy(() -> with("Parameters = 100000; OutputSandbox = {\"" + value + "%n\"}"))
                    .hasMessageContaining("the sweep would make 10")
                    .isInstanceOf(DiracException.class);
        }

        @Test
        void comeBeforeManySequencesOfManyValuesAreMade() {
            String starts = IntStream.range(0, 900)
                    .mapToObj(i -> "ParameterStart.A" + i + " = 1; ")
                    .collect(Collectors.joining());

            assertThatThrownBy(() -> with("Parameters = 100000; " + starts))
                    .hasMessageEndingWith(
                            "Parameters: 900 sequences for 100000 jobs have 90000000 values; allowed are 2000000");
        }

        @Test
        void tellOtherProblemsToo() {
            InvalidJobDescription error = catchThrowableOfType(
                    InvalidJobDescription.class,
                    () -> with("Parameters = 2; Parameters.A = {1}; Arguments = \"%(A)s\"; Priority = 77"));

            assertThat(error.fields()).extracting(FieldError::field).containsExactly("Parameters.A", "Priority");
        }
    }

    @Test
    void warnsOfASequenceThatNothingUses() {
        assertThat(with("Parameters = 2; Parameters.Tile = {1, 2}; ParameterStart.Tile = 4")
                        .warnings())
                .containsExactly(
                        "ParameterStart.Tile has no effect, because Parameters.Tile lists its values",
                        "Parameters.Tile is used by no placeholder %(Tile)s");
    }

    @Test
    void readsRecordsBack() {
        JdlRecord values = (JdlRecord) JdlParser.parseValue(
                with("Parameters = {\"a\\\"b\\n\"}").jobs().get(0).sweepValues().orElseThrow());

        assertThat(values.text("Parameter")).contains("a\"b\n");
    }
}
