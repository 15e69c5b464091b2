/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.jdl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diracee.kernel.error.FieldError;
import org.diracee.kernel.error.InvalidRequest;
import org.junit.jupiter.api.Test;

class PlainValuesTest {

    private static String fieldOf(Map<?, ?> attributes) {
        InvalidRequest error = catchThrowableOfType(InvalidRequest.class, () -> PlainValues.record(attributes, "[1]"));
        return error.fields().stream().map(FieldError::field).findFirst().orElseThrow();
    }

    @Test
    void makesTheSameAsJdl() {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("Executable", "run \"it\".sh");
        attributes.put("CPUTime", 3600);
        attributes.put("WholeNode", true);
        attributes.put("Site", List.of("A.b.c", "D.e.f"));
        attributes.put("Parameters", 2);
        attributes.put("Parameters.X", List.of(1, 2.5));
        attributes.put("Custom", Map.of("A", List.of(List.of("x"))));

        assertThat(PlainValues.record(attributes, "")).isEqualTo(JdlParser.parse("""
                        Executable = "run \\"it\\".sh"; CPUTime = 3600; WholeNode = true; Site = {"A.b.c", "D.e.f"};
                        Parameters = 2; Parameters.X = {1, 2.5}; Custom = [ A = {{"x"}} ];"""));
    }

    @Test
    void namesThePathToWhatCannotBe() {
        assertThat(fieldOf(Map.of("Site", Arrays.asList("a", null)))).isEqualTo("[1].Site[1]");
        assertThat(fieldOf(Map.of("A b", 1))).isEqualTo("[1].A b");
        assertThat(fieldOf(Map.of(1, 1))).isEqualTo("[1].1");
        assertThat(fieldOf(Map.of("R", Map.of("N", Double.NaN)))).isEqualTo("[1].R.N");
        assertThat(fieldOf(Map.of("N", BigInteger.TWO.pow(64)))).isEqualTo("[1].N");
        assertThat(fieldOf(Map.of("JobName", Date.from(Instant.EPOCH)))).isEqualTo("[1].JobName");
        assertThat(fieldOf(Map.of("JobName", "a\u0000b"))).isEqualTo("[1].JobName");
        assertThat(fieldOf(Map.of("Arguments", List.of("\ud800")))).isEqualTo("[1].Arguments[0]");
        assertThatThrownBy(() -> PlainValues.record(Map.of("Site", "a", "SITE", "b"), ""))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("twice");
    }

    @Test
    void refusesWhatHoldsItself() {
        List<Object> endless = new ArrayList<>();
        endless.add(endless);
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("A", endless);

        assertThatThrownBy(() -> PlainValues.record(attributes, ""))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("nests too deep");
    }
}
