/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JobStatusTest {

    /** The table of WMS reference 2.1 as it stands there: status, level, what it may go to. */
    private static final String REFERENCE = """
            Submitting | 0 | Received, Checking, Deleted, Killed
            Received | 1 | Scouting, Checking, Waiting, Failed, Deleted, Killed
            Checking | 2 | Scouting, Staging, Waiting, Rescheduled, Failed, Deleted, Killed
            Scouting | 3 | Checking, Failed, Stalled, Killed
            Staging | 4 | Checking, Waiting, Failed, Killed
            Waiting | 5 | Matched, Rescheduled, Deleted, Killed
            Matched | 6 | Running, Failed, Rescheduled, Killed
            Rescheduled | 7 | Waiting, Received, Deleted, Failed, Killed
            Running | 8 | Stalled, Done, Failed, Rescheduled, Completing, Killed, Received
            Stalled | 9 | Running, Failed, Killed
            Completing | 10 | Done, Failed, Completed, Stalled, Killed
            Completed | 11 | Done, Failed
            Done | 12 | Deleted
            Failed | 13 | Rescheduled, Deleted
            Killed | 14 | Deleted
            Deleted | 15 |
            """;

    private record Row(int level, List<String> next) {}

    private static Map<String, Row> reference() {
        Map<String, Row> rows = new LinkedHashMap<>();
        REFERENCE.lines().forEach(line -> {
            String[] cells = line.split("\\|", -1);
            List<String> next = Arrays.stream(cells[2].split(","))
                    .map(String::strip)
                    .filter(word -> !word.isEmpty())
                    .toList();
            rows.put(cells[0].strip(), new Row(Integer.parseInt(cells[1].strip()), next));
        });
        return rows;
    }

    private static Row row(JobStatus status) {
        return Objects.requireNonNull(reference().get(status.text()), status.text());
    }

    static Stream<Arguments> pairs() {
        return Arrays.stream(JobStatus.values())
                .flatMap(from -> Arrays.stream(JobStatus.values()).map(to -> Arguments.of(from, to)));
    }

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("pairs")
    void allowsExactlyTheMovesOfTheReference(JobStatus from, JobStatus to) {
        boolean expected = from == to || row(from).next().contains(to.text());

        assertThat(from.allows(to)).isEqualTo(expected);
    }

    @Test
    void hasTheStatusesAndLevelsOfTheReferenceInItsOrder() {
        assertThat(Arrays.stream(JobStatus.values()).map(JobStatus::text))
                .containsExactlyElementsOf(reference().keySet());
        assertThat(Arrays.stream(JobStatus.values()).map(JobStatus::level))
                .containsExactlyElementsOf(
                        reference().values().stream().map(Row::level).toList());
    }

    @Test
    void killsAndDeletesFromTheStatusesThatLeadThere() {
        assertThat(textsOf(JobStatus::isKillable))
                .containsExactlyInAnyOrder(
                        "Submitting",
                        "Received",
                        "Checking",
                        "Scouting",
                        "Staging",
                        "Waiting",
                        "Matched",
                        "Rescheduled",
                        "Running",
                        "Stalled",
                        "Completing");
        assertThat(textsOf(JobStatus::isDeletable))
                .containsExactlyInAnyOrder(
                        "Submitting", "Received", "Checking", "Waiting", "Rescheduled", "Done", "Failed", "Killed");
        assertThat(textsOf(JobStatus::isBeforeMatching))
                .containsExactlyInAnyOrder(
                        "Submitting", "Received", "Checking", "Staging", "Scouting", "Waiting", "Rescheduled");
        assertThat(textsOf(JobStatus::isFinal)).containsExactlyInAnyOrder("Done", "Completed", "Failed", "Killed");
    }

    @Test
    void isReadFromItsOwnSpellingOnly() {
        for (JobStatus status : JobStatus.values()) {
            assertThat(JobStatus.parse(status.text())).isSameAs(status);
        }
        assertThatThrownBy(() -> JobStatus.parse("running"))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("running")
                .hasMessageContaining("Submitting, Received, Checking");
    }

    private static TreeSet<String> textsOf(Predicate<JobStatus> which) {
        TreeSet<String> texts = new TreeSet<>();
        Arrays.stream(JobStatus.values()).filter(which).forEach(status -> texts.add(status.text()));
        return texts;
    }
}
