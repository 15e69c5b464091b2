/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.description.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {

    private static final List<String> KNOWN = List.of("Executable", "Arguments", "Site", "CPUTime");

    @ParameterizedTest
    @CsvSource({
        "Exectuable, Executable",
        "executabel, Executable",
        "Argument, Arguments",
        "Sites, Site",
        "CPU_Time, CPUTime"
    })
    void findsTheWordThatWasMeant(String word, String meant) {
        assertThat(Spelling.nearest(word, KNOWN)).contains(meant);
    }

    @Test
    void doesNotGuessWildly() {
        assertThat(Spelling.nearest("Frobnicate", KNOWN)).isEmpty();
        assertThat(Spelling.nearest("x".repeat(10_000), KNOWN)).isEmpty();
    }
}
