/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LfnTest {

    @ParameterizedTest
    @CsvSource({
        "/demo/f, /demo/f",
        "lfn:/demo/f, /demo/f",
        "LFN:/demo/f, /demo/f",
        "/grid/demo/f, /demo/f",
        "lfn:/grid//demo///f/, /demo/f",
        "/grid, /grid",
        "/grid/grid/demo/f, /demo/f",
        "//grid//grid/demo/f, /demo/f",
        "/demo/..f/a.b, /demo/..f/a.b",
        "/demo/Ünï cödé+%, /demo/Ünï cödé+%",
        "//, /"
    })
    void keepsOneSpelling(String text, String kept) {
        assertThat(new Lfn(text)).hasToString(kept);
        assertThat(new Lfn(kept)).hasToString(kept);
    }

    static Stream<String> impossible() {
        return Stream.of(
                "",
                "demo/f",
                "lfn:demo/f",
                "/demo/../other/f",
                "/demo/./f",
                "/demo/..",
                "/demo/a\nb",
                "/demo/a\0b",
                "/demo/a\u007fb",
                "/demo/a\u2028b",
                "/demo/\ud800",
                "/demo/" + "x".repeat(256),
                "/demo/" + "ü".repeat(128),
                "/demo" + "/x".repeat(32),
                "/demo" + "/x".repeat(2048));
    }

    @ParameterizedTest
    @MethodSource("impossible")
    void refusesWhatNoCatalogueCanHold(String text) {
        assertThatThrownBy(() -> new Lfn(text))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("is no LFN: allowed is an absolute path")
                .message()
                .doesNotContain("\n", "\0");
    }

    @Test
    void takesTheLongestNames() {
        assertThat(new Lfn("/" + "x".repeat(255)).name()).hasSize(255);
        assertThat(new Lfn(("/" + "x".repeat(31)).repeat(32)).text()).hasSize(1024);
    }

    @Test
    void knowsWhereItLies() {
        Lfn file = new Lfn("/demo/a/f");
        assertThat(file.parent()).contains(new Lfn("/demo/a"));
        assertThat(file.ancestors()).containsExactly(Lfn.ROOT, new Lfn("/demo"), new Lfn("/demo/a"));
        assertThat(file.name()).isEqualTo("f");
        assertThat(file.vo()).contains(new VoName("demo"));
        assertThat(Lfn.ROOT.parent()).isEmpty();
        assertThat(Lfn.ROOT.vo()).isEmpty();
        assertThat(Lfn.ROOT.child("demo")).isEqualTo(new Lfn("/demo"));
        assertThat(new Lfn("/demo/a").holds(file)).isTrue();
        assertThat(new Lfn("/demo/a").holds(new Lfn("/demo/ab"))).isFalse();
        assertThat(file.moved(new Lfn("/demo/a"), new Lfn("/demo/b/c"))).isEqualTo(new Lfn("/demo/b/c/f"));
    }
}
