/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.jdl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class JdlPrinterTest {

    @Test
    void printsOneAttributePerLine() {
        JdlRecord job = JdlRecord.builder()
                .put("Executable", "run \"it\"")
                .put("InputSandbox", List.of("a", "b"))
                .put(
                        "Requirements",
                        JdlRecord.builder()
                                .put("CPUTime", 100)
                                .put("Empty", JdlRecord.empty())
                                .build())
                .put(
                        "Steps",
                        JdlList.of(
                                JdlRecord.builder()
                                        .put("N", 1)
                                        .put("X", new JdlReal(0.5))
                                        .build(),
                                JdlList.of()))
                .put("Flag", false)
                .build();

        assertThat(JdlPrinter.print(job)).isEqualTo("""
                        [
                            Executable = "run \\"it\\"";
                            InputSandbox = {"a", "b"};
                            Requirements = [
                                CPUTime = 100;
                                Empty = [];
                            ];
                            Steps = {[N = 1; X = 0.5], {}};
                            Flag = false;
                        ]""");
        assertThat(job)
                .hasToString(
                        "[Executable = \"run \\\"it\\\"\"; InputSandbox = {\"a\", \"b\"}; Requirements = [CPUTime = 100; "
                                + "Empty = []]; Steps = {[N = 1; X = 0.5], {}}; Flag = false]");
    }

    @Test
    void printsControlCharactersAsOctalCodesThatADigitMayFollow() {
        assertThat(JdlPrinter.print(new JdlText("\u00017\u007F\u0085é"))).isEqualTo("\"\\0017\\177\\205é\"");
    }

    @Property(tries = 500)
    void printsWhatReadsBackAsTheSameValue(@ForAll long seed) {
        JdlRecord value = new RandomJdl(seed).record(5);
        String printed = JdlPrinter.print(value);

        assertThat(JdlParser.parse(printed)).as(printed).isEqualTo(value);
        assertThat(JdlPrinter.print(JdlParser.parse(printed))).isEqualTo(printed);
        assertThat(JdlParser.parseValue(JdlPrinter.printInline(value))).isEqualTo(value);
    }

    @Test
    void readsAMegabyteThatItPrinted() {
        JdlRecord.Builder job = JdlRecord.builder();
        for (int i = 0; i < 20; i++) {
            job.put("Parameters.L" + i, Collections.nCopies(4_000, "/lfn/\"" + i));
        }
        String printed = JdlPrinter.print(job.build());

        assertThat(printed).hasSizeGreaterThan(1_000_000);
        assertThat(JdlParser.parse(printed)).isEqualTo(job.build());
    }
}
