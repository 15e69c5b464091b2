/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.diracee.pilot.wrapper.WatchdogCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PilotArgumentsTest {

    private static List<String> complete(String... more) {
        List<String> words = new ArrayList<>(List.of(
                "--server", "https://dirac.example:8443",
                "--stamp", "abc",
                "--vo", "demo",
                "--site", "DIRAC.Local.demo",
                "--ce", "ce",
                "--queue", "q",
                "--work-dir", "/tmp/w",
                "--secret-file", "/tmp/s"));
        words.addAll(List.of(more));
        return words;
    }

    @Test
    void knowsWhatIsUsual() {
        PilotArguments arguments = PilotArguments.parse(complete());

        assertThat(arguments.heartbeat()).isEqualTo(Duration.ofSeconds(60));
        assertThat(arguments.idleTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(arguments.reportTimeout()).isEqualTo(Duration.ofHours(1));
        assertThat(arguments.maxJobs()).isEqualTo(OptionalInt.empty());
        assertThat(arguments.minCpuPercent()).isEqualTo(5);
        assertThat(arguments.cpuSample()).isEqualTo(Duration.ofMinutes(30));
        assertThat(arguments.warnOnly()).isEmpty();
    }

    @Test
    void needsNoServerForAParcel() {
        List<String> words = new ArrayList<>(complete("--offline", "/tmp/parcel"));
        assertThatThrownBy(() -> PilotArguments.parse(words))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("--offline goes with neither --server nor --secret-file");
        words.subList(0, 2).clear();
        words.subList(words.indexOf("--secret-file"), words.indexOf("--secret-file") + 2)
                .clear();

        PilotArguments arguments = PilotArguments.parse(words);

        assertThat(arguments.parcel()).hasValue(Path.of("/tmp/parcel"));
        assertThat(arguments.server()).isEmpty();
    }

    @Test
    void takesRepeatedTagsAndDecimalSeconds() {
        PilotArguments arguments = PilotArguments.parse(
                complete("--tag", "GPU", "--tag=MultiProcessor", "--required-tag", "GPU", "--heartbeat=0.25"));

        assertThat(arguments.requiredTags()).containsExactly("GPU");
        assertThat(arguments.tags()).containsExactly("GPU", "MultiProcessor");
        assertThat(arguments.heartbeat()).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void looksMoreOftenWhereTheSampleIsShort() {
        assertThat(PilotArguments.parse(complete("--cpu-sample-time=8")).watch())
                .isEqualTo(Duration.ofSeconds(2));
        assertThat(PilotArguments.parse(complete()).watch()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void takesTheChecksThatEndNoPayload() {
        PilotArguments arguments = PilotArguments.parse(complete("--warn-only", "memory", "--warn-only=cpu-ratio"));

        assertThat(arguments.warnOnly()).containsExactlyInAnyOrder(WatchdogCheck.MEMORY, WatchdogCheck.CPU_RATIO);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--frob=1            | '--frob' is no option of the pilot",
                "stray               | 'stray' is no option of the pilot",
                "--queue=q           | --queue is given twice",
                "--max-jobs=0        | --max-jobs '0': a number from 1 to 2147483647 is expected",
                "--heartbeat=soon    | --heartbeat 'soon': seconds are expected, more than 0 and at most 31622400",
                "--heartbeat=0       | --heartbeat '0': seconds are expected, more than 0 and at most 31622400",
                "--processors        | --processors needs a value",
                "--min-cpu-ratio=101 | --min-cpu-ratio '101': a number from 0 to 100 is expected",
                "--warn-only=load    | --warn-only 'load': one of wall-clock, time-left, cpu-limit, cpu-ratio, memory, processes, disk-space is expected",
                "--inner-ce=docker   | --inner-ce 'docker': one of auto, bubblewrap, Apptainer, InProcess is expected",
                "--bind=software     | --bind 'software': SOURCE[:TARGET[:rw]] with absolute paths is expected",
                "--owners=all        | --owners 'all': one or any is expected",
                "--watch=451         | --watch '451': at most a quarter of --cpu-sample-time is expected, which is 1800 s",
                "--time-left-limit=259101 | --time-left-limit '259101': at least 100 s less than --cpu-time are expected, which is 259200 s",
                "--processors=2000   | --processors '2000': a number from 1 to 1024 is expected",
            })
    void saysWhichOptionIsWrong(String word, String message) {
        assertThatThrownBy(() -> PilotArguments.parse(complete(word)))
                .isInstanceOf(UsageError.class)
                .hasMessage(message);
    }

    @Test
    void saysWhichOptionIsMissing() {
        assertThatThrownBy(() -> PilotArguments.parse(List.of("--server", "https://dirac.example")))
                .isInstanceOf(UsageError.class)
                .hasMessage("--stamp is missing");
    }

    @ParameterizedTest
    @CsvSource({"http://dirac.example", "ftp://localhost", "dirac.example", "https:/nothing", "'https://a b'"})
    void wantsASafeServer(String server) {
        List<String> words = complete();
        words.set(1, server);

        assertThatThrownBy(() -> PilotArguments.parse(words))
                .isInstanceOf(UsageError.class)
                .hasMessageStartingWith("--server '" + server + "' is");
    }
}
