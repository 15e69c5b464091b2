/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.wms.job.entity.JobColumn;
import org.diracee.wms.job.entity.JobCondition;
import org.diracee.wms.job.entity.JobCondition.Period;
import org.diracee.wms.job.entity.JobCondition.TextComparison;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SearchRulesTest {

    private static final Instant NOON = Instant.parse("2026-08-25T12:00:00Z");
    private static final Instant ONE = Instant.parse("2026-08-25T13:00:00Z");
    private static final Period HOUR = new Period(NOON, ONE);

    @Nested
    class Conditions {

        static Stream<Arguments> understood() {
            return Stream.of(
                    Arguments.of("Owner", "eq", "a", new JobCondition.Texts(JobColumn.OWNER, List.of("a"), false)),
                    Arguments.of("Owner", "neq", "a", new JobCondition.Texts(JobColumn.OWNER, List.of("a"), true)),
                    Arguments.of("Owner", "gt", "a", compared(TextComparison.AFTER)),
                    Arguments.of("Owner", "lt", "a", compared(TextComparison.BEFORE)),
                    Arguments.of("Owner", "like", "a", compared(TextComparison.LIKE)),
                    Arguments.of("Owner", "not like", "a", compared(TextComparison.NOT_LIKE)),
                    Arguments.of("Owner", "regex", "a", compared(TextComparison.REGEX)),
                    Arguments.of("JobID", "eq", "7", new JobCondition.Numbers(JobColumn.JOB_ID, List.of(7L), false)),
                    Arguments.of("JobID", "neq", "7", new JobCondition.Numbers(JobColumn.JOB_ID, List.of(7L), true)),
                    Arguments.of("JobID", "gt", "7", new JobCondition.NumberCompared(JobColumn.JOB_ID, true, 7)),
                    Arguments.of("JobID", "lt", "-7", new JobCondition.NumberCompared(JobColumn.JOB_ID, false, -7)),
                    Arguments.of("VerifiedFlag", "eq", "true", new JobCondition.Truth(JobColumn.VERIFIED_FLAG, true)),
                    Arguments.of("VerifiedFlag", "neq", "True", new JobCondition.Truth(JobColumn.VERIFIED_FLAG, false)),
                    Arguments.of("StartExecTime", "eq", "2026-08-25 12", within(false)),
                    Arguments.of("StartExecTime", "neq", "2026-08-25 12", within(true)),
                    Arguments.of(
                            "StartExecTime",
                            "gt",
                            "2026-08-25 12",
                            new JobCondition.NotBefore(JobColumn.START_EXEC_TIME, ONE)),
                    Arguments.of(
                            "StartExecTime",
                            "lt",
                            "2026-08-25 12",
                            new JobCondition.Before(JobColumn.START_EXEC_TIME, NOON)),
                    Arguments.of("PilotStamp", "eq", "p1", new JobCondition.OfPilots(List.of("p1"))));
        }

        @ParameterizedTest
        @MethodSource("understood")
        void areUnderstoodByTheKindOfTheirColumn(
                String parameter, String operator, String value, JobCondition expected) {
            assertThat(condition(parameter, operator, value)).isEqualTo(expected);
        }

        @Test
        void lookAtTheListOrTheValueAsTheirOperatorDemands() {
            assertThat(SearchRules.condition(
                            0, "Status", "in", Optional.of("ignored"), Optional.of(List.of("Done", "Failed"))))
                    .isEqualTo(new JobCondition.Texts(JobColumn.STATUS, List.of("Done", "Failed"), false));
            assertThat(SearchRules.condition(0, "Status", "eq", Optional.of("Done"), Optional.of(List.of("ignored"))))
                    .isEqualTo(new JobCondition.Texts(JobColumn.STATUS, List.of("Done"), false));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "NoSuch        | eq          | 1       | search[3].parameter: Unknown column 'NoSuch'; known are JobID,",
                    "id            | eq          | 1       | search[3].parameter: Unknown column 'id'",
                    "Status        | sounds like | x       | search[3].operator: 'sounds like' is unknown; known are eq, neq,",
                    "JobID         | eq          | 1 or 1  | search[3].value: '1 or 1' is no value of JobID; allowed is a whole number",
                    "JobID         | like        | 1       | search[3].operator: 'like' cannot be used with JobID",
                    "VerifiedFlag  | eq          | maybe   | search[3].value: 'maybe' is no value of VerifiedFlag",
                    "VerifiedFlag  | gt          | true    | search[3].operator: 'gt' cannot be used with VerifiedFlag",
                    "EndExecTime   | regex       | 2026    | search[3].operator: 'regex' cannot be used with EndExecTime",
                    "EndExecTime   | gt          | soon    | search[3].value: 'soon' is no value of EndExecTime; allowed is a time",
                    "PilotStamp    | like        | p%      | search[3].operator: 'like' cannot be used with PilotStamp; usable are eq, in",
                    "LoggingInfo   | eq          | x       | search[3].parameter: Unknown column 'LoggingInfo'",
                    "Owner         | like        | a\\    | search[3].value: a pattern cannot end in a single backslash",
                    "Owner         | in          | a       | search[3].values: missing; the operator 'in' needs a list",
                })
        void areRefusedWithTheirPlaceAndWhatIsAllowed(String parameter, String operator, String value, String message) {
            assertThatThrownBy(
                            () -> SearchRules.condition(3, parameter, operator, Optional.of(value), Optional.empty()))
                    .isInstanceOfSatisfying(InvalidSearch.class, refusal -> assertThat(refusal.code())
                            .isEqualTo(ErrorCode.INVALID_SEARCH))
                    .hasMessageStartingWith(message);
        }

        @Test
        void refuseTimesOfMixedPrecision() {
            assertThatThrownBy(() -> SearchRules.condition(
                            0, "EndExecTime", "in", Optional.empty(), Optional.of(List.of("2026", "2026-08"))))
                    .hasMessage("search[0].values: the times of EndExecTime must all have the same precision");
        }

        @Test
        void refuseWhatNoColumnCanHold() {
            assertThatThrownBy(() -> condition("Owner", "eq", "a\0b")).hasMessageContaining("NUL");
        }

        @Test
        void refuseASearchByPilotAndJobAtOnce() {
            List<JobCondition> both = List.of(condition("PilotStamp", "eq", "p"), condition("JobID", "gt", "1"));
            assertThatThrownBy(() -> SearchRules.requireOneKey(both))
                    .hasMessage("search: PilotStamp and JobID cannot both be asked for");
        }

        @Test
        void knowWhichOfThemTheCountersCanAnswer() {
            assertThat(condition("Status", "regex", "D.*").isCounted()).isTrue();
            assertThat(condition("JobName", "eq", "x").isCounted()).isFalse();
            assertThat(condition("SubmissionTime", "gt", "2026").isCounted()).isFalse();
        }
    }

    @Nested
    class Columns {

        @Test
        void areAllWithoutAChoice() {
            assertThat(SearchRules.columns(Optional.empty())).containsExactly(JobColumn.values());
            assertThat(SearchRules.columns(Optional.of(List.of()))).containsExactly(JobColumn.values());
        }

        @Test
        void comeInTheOrderOfTheTable() {
            assertThat(SearchRules.columns(Optional.of(List.of("Status", "JobID"))))
                    .containsExactly(JobColumn.JOB_ID, JobColumn.STATUS);
        }

        @Test
        void bringTheIdAlongWithTheLog() {
            assertThat(SearchRules.columns(Optional.of(List.of("Status", "LoggingInfo"))))
                    .containsExactly(JobColumn.JOB_ID, JobColumn.STATUS);
            assertThat(SearchRules.columns(Optional.of(List.of("LoggingInfo")))).containsExactly(JobColumn.values());
        }

        @Test
        void areRefusedIfUnknown() {
            assertThatThrownBy(() -> SearchRules.columns(Optional.of(List.of("Status", "password"))))
                    .hasMessageStartingWith("parameters: Unrecognised parameters requested: password; known are JobID");
        }

        @Test
        void ofASummaryAreAllWithoutAChoice() {
            assertThat(SearchRules.grouping(List.of())).containsExactly(JobColumn.values());
            assertThat(SearchRules.grouping(List.of("Status", "Site", "Status")))
                    .containsExactly(JobColumn.STATUS, JobColumn.SITE);
        }

        @Test
        void orderADistinctSearchOnlyIfShown() {
            assertThatThrownBy(() -> SearchRules.order("Site", false, 0, EnumSet.of(JobColumn.STATUS), true))
                    .hasMessage("sort[0].parameter: Site must be one of the parameters if distinct is true");
        }
    }

    private static JobCondition condition(String parameter, String operator, String value) {
        return SearchRules.condition(0, parameter, operator, Optional.of(value), Optional.empty());
    }

    private static JobCondition compared(TextComparison comparison) {
        return new JobCondition.TextCompared(JobColumn.OWNER, comparison, "a");
    }

    private static JobCondition within(boolean negated) {
        return new JobCondition.Within(JobColumn.START_EXEC_TIME, List.of(HOUR), negated);
    }
}
