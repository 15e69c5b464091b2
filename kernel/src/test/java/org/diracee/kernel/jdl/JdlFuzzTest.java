/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.jdl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JdlFuzzTest {

    private static final String SIGNS = "[]{}();=,\"\\/*#%+-.eEx0\n\r\t \u0000\u0001\uFEFF\uD800\uDC00aZ9é'";
    private static final List<String> SEEDS = List.of("""
            # a sweep
            [
              Executable = "run.sh"; Arguments = "-t %(Tile)s \\"q\\" \\033";
              Parameters = 24; Parameters.Tile = {1, 2.5e3, {"a", "b"}, true}; /* c */
              Nested = [ A = -1; B = {} ; C = [ ] ]; InputData = %(Data)s; // end
            ]
            """, "A = 1;");

    @Test
    void readsMutatedTextOrRefusesItProperly() {
        int accepted = 0;
        int refused = 0;
        for (int seed = 0; seed < 4_000; seed++) {
            Random random = new Random(seed);
            String text = mutated(random, seed);
            try {
                JdlRecord record = JdlParser.parse(text);
                assertThat(JdlParser.parse(JdlPrinter.print(record))).isEqualTo(record);
                accepted++;
            } catch (JdlSyntaxError error) {
                assertPlaced(error, text, seed);
                refused++;
            }
        }
        assertThat(accepted).as("mutants that are still descriptions").isGreaterThan(200);
        assertThat(refused).as("mutants that are none").isGreaterThan(1_000);
    }

    private static void assertPlaced(JdlSyntaxError error, String text, int seed) {
        String[] lines = text.split("\r\n|\n|\r", -1);
        assertThat(error.position().line()).as("seed %d", seed).isBetween(1, lines.length);
        String line = lines[error.position().line() - 1];
        assertThat(error.position().column())
                .as("seed %d", seed)
                .isBetween(1, line.codePointCount(0, line.length()) + 1);
        assertThat(error.detail()).contains(error.found(), error.expected(), error.excerpt());
        assertThat(error.excerpt().lines()).as("seed %d", seed).hasSize(2);
    }

    private static String mutated(Random random, int seed) {
        StringBuilder text = new StringBuilder(
                seed % 3 == 0 ? JdlPrinter.print(new RandomJdl(seed).record(4)) : SEEDS.get(seed % 2));
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(text.length() + 1);
            int end = Math.min(text.length(), at + random.nextInt(4));
            switch (random.nextInt(4)) {
                case 0 -> text.insert(at, SIGNS.charAt(random.nextInt(SIGNS.length())));
                case 1 -> text.delete(at, end);
                case 2 -> text.insert(random.nextInt(text.length() + 1), text.substring(at, end));
                default -> text.setLength(random.nextInt(4) == 0 ? at : text.length());
            }
        }
        return text.toString();
    }
}
