/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.jdl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class JdlRecordTest {

    private final JdlRecord job = JdlRecord.builder()
            .put("Executable", "x")
            .put("Site", "A")
            .put("InputSandbox", List.of("a", "b"))
            .build();

    @Test
    void replacesAnAttributeInItsPlace() {
        assertThat(job.with("EXECUTABLE", new JdlText("y")).attributes())
                .extracting(JdlAttribute::name)
                .containsExactly("EXECUTABLE", "Site", "InputSandbox");
    }

    @Test
    void losesAnAttributeInAnyCase() {
        assertThat(job.without("SITE").contains("Site")).isFalse();
        assertThat(job.without("absent")).isSameAs(job);
    }

    @Test
    void takesATextForAListOfOne() {
        assertThat(job.texts("site")).containsExactly("A");
        assertThat(job.texts("inputsandbox")).containsExactly("a", "b");
        assertThat(job.texts("absent")).isEmpty();
    }

    @Test
    void refusesNamesThatDifferInCaseAlone() {
        assertThatThrownBy(() -> JdlRecord.of(
                        List.of(new JdlAttribute("a", new JdlInteger(1)), new JdlAttribute("A", new JdlInteger(2)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("JDL attribute 'A' is given twice, first as 'a'");
    }

    @Test
    void refusesWhatCouldNotBeReadBack() {
        assertThatThrownBy(() -> new JdlText("a\u0000")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new JdlText("\uD83D")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new JdlReal(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new JdlAttribute("a b", new JdlInteger(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesToNestTooDeep() {
        JdlValue value = JdlList.of();
        for (int depth = 1; depth < JdlValue.MAX_DEPTH; depth++) {
            value = JdlList.of(value);
        }
        JdlValue deepest = value;

        assertThatThrownBy(() -> JdlList.of(deepest)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> JdlRecord.builder().put("A", deepest).build())
                .isInstanceOf(IllegalArgumentException.class);
    }
}
