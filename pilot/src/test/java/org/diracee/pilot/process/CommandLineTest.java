/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CommandLineTest {

    static Stream<Arguments> examples() {
        return Stream.of(
                Arguments.of("", List.of()),
                Arguments.of("  a   b\tc\n", List.of("a", "b", "c")),
                Arguments.of("'a b' c", List.of("a b", "c")),
                Arguments.of("\"a b\"'c d'e", List.of("a bc de")),
                Arguments.of("''", List.of("")),
                Arguments.of("a\\ b", List.of("a b")),
                Arguments.of("'a\\ b'", List.of("a\\ b")),
                Arguments.of("\"a\\\"b\\\\c\\nd\"", List.of("a\"b\\c\\nd")),
                Arguments.of("$HOME * `id` $(id) ; | > f", List.of("$HOME", "*", "`id`", "$(id)", ";", "|", ">", "f")),
                Arguments.of("-c 'echo \"x y\"'", List.of("-c", "echo \"x y\"")));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void splitsAsAShellWould(String text, List<String> words) {
        assertThat(CommandLine.split(text)).isEqualTo(words);
    }

    @Test
    void pointsAtTheQuoteThatIsNotClosed() {
        assertThatThrownBy(() -> CommandLine.split("a 'b"))
                .hasMessage("Arguments 'a 'b': the single quote is not closed (character 3)");
        assertThatThrownBy(() -> CommandLine.split("\"b"))
                .hasMessage("Arguments '\"b': the double quote is not closed (character 1)");
        assertThatThrownBy(() -> CommandLine.split("b\\"))
                .hasMessage("Arguments 'b\\': the backslash has nothing after it (character 2)");
    }
}
