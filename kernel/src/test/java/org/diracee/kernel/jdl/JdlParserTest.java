/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.jdl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.diracee.kernel.error.ErrorCode;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JdlParserTest {

    private static JdlSyntaxError errorOf(String text) {
        JdlSyntaxError error = catchThrowableOfType(JdlSyntaxError.class, () -> JdlParser.parse(text));
        assertThat(error).as("the error of <%s>", text).isNotNull();
        return error;
    }

    @Nested
    class Descriptions {

        @Test
        void readsEveryKindOfValue() {
            JdlRecord job = JdlParser.parse("""
                    [
                        Executable = "/bin/echo";
                        Priority = -3;
                        Weight = 0.25e1;
                        Flag = TRUE;
                        InputSandbox = {"a", {1, 2}, {}};
                        JobRequirements = [ CPUTime = 100; Sites = {"A"} ];
                    ]
                    """);

            assertThat(job)
                    .isEqualTo(JdlRecord.builder()
                            .put("Executable", "/bin/echo")
                            .put("Priority", -3)
                            .put("Weight", new JdlReal(2.5))
                            .put("Flag", true)
                            .put(
                                    "InputSandbox",
                                    JdlList.of(
                                            new JdlText("a"),
                                            JdlList.of(new JdlInteger(1), new JdlInteger(2)),
                                            JdlList.of()))
                            .put(
                                    "JobRequirements",
                                    JdlRecord.builder()
                                            .put("CPUTime", 100)
                                            .put("Sites", List.of("A"))
                                            .build())
                            .build());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "A=1;B=2",
                    "A=1;B=2;",
                    "[A=1;B=2]",
                    "[A=1;B=2;]",
                    " [\r\n A = 1 ;\r\n B = 2 ; ] \r\n",
                    "\uFEFFA=1;\n# a remark; B = 3\n  # another\nB=2;",
                    "// first\nA=1; // one\nB/* is */=/* two\n lines */2;",
                    "#!JDL\n[A=1;B=+2]// end"
                })
        void readsTheSameInEveryLayout(String text) {
            assertThat(JdlParser.parse(text))
                    .isEqualTo(JdlRecord.builder().put("A", 1).put("B", 2).build());
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "[]", " [ ] ", "// nothing", "/* */"})
        void readsAnEmptyDescription(String text) {
            assertThat(JdlParser.parse(text)).isEqualTo(JdlRecord.empty());
        }

        @Test
        void findsAttributesInAnyCaseAndKeepsTheSpelling() {
            JdlRecord job = JdlParser.parse("executable = \"x\"; Parameters.tile_1 = 3;");

            assertThat(job.text("Executable")).contains("x");
            assertThat(job.integer("parameters.TILE_1")).contains(3L);
            assertThat(job.attributes())
                    .extracting(JdlAttribute::name)
                    .containsExactly("executable", "Parameters.tile_1");
        }

        @Test
        void takesBarePlaceholdersAsTexts() {
            JdlRecord job = JdlParser.parse("A = %s; B = {%n, %j}; InputData = %(Data.x)s;");

            assertThat(job)
                    .isEqualTo(JdlRecord.builder()
                            .put("A", "%s")
                            .put("B", List.of("%n", "%j"))
                            .put("InputData", "%(Data.x)s")
                            .build());
        }

        @Test
        void doesNotTakeCommentSignsInsideTextsAsComments() {
            assertThat(JdlParser.parse("A = \"http://x/*y*/\"; B = \"\\n# c\";").text("A"))
                    .contains("http://x/*y*/");
        }
    }

    @Nested
    class Texts {

        @ParameterizedTest
        @CsvSource(
                quoteCharacter = '`',
                value = {
                    "\"\\\"\", `\"`",
                    "\"\\\\\", `\\`",
                    "\"a\\tb\\nc\", `a\tb\nc`",
                    "\"\\'\\/\\r\\b\\f\", `'/\r\b\f`",
                    "\"\\033[1m\", `\u001B[1m`",
                    "\"\\377\", `\u00FF`",
                    "\"\", ``",
                    "\"Zürich 😀\", `Zürich 😀`",
                    "\"\\\\n\", `\\n`"
                })
        void unescapes(String jdl, String text) {
            assertThat(JdlParser.parseValue(jdl)).isEqualTo(new JdlText(text));
        }

        @Test
        void refusesATextThatDoesNotEndOnItsLine() {
            JdlSyntaxError error = errorOf("Executable = \"run.sh;\nArguments = \"1\";");

            assertThat(error.position()).isEqualTo(new JdlPosition(1, 14));
            assertThat(error.found()).isEqualTo("a text that does not end on its line");
            assertThat(error.expected()).isEqualTo("'\"' at its end (a line break in a text is \\n)");
        }

        @ParameterizedTest
        @CsvSource(
                quoteCharacter = '`',
                value = {
                    "`A = \"a\\d\"`, 7, the unknown escape '\\d'",
                    "`A = \"\\000\"`, 6, the escape '\\000'",
                    "`A = \"\\08\"`, 6, an octal code of less than three digits",
                    "`A = \"x\\`, 7, the unknown escape '\\'",
                    "`A = \"x\u0001\"`, 7, the control character U+0001",
                    "`A = \"\uD800x\"`, 6, half of a surrogate pair"
                })
        void refusesWhatNoTextCanHold(String text, int column, String found) {
            JdlSyntaxError error = errorOf(text);

            assertThat(error.position()).isEqualTo(new JdlPosition(1, column));
            assertThat(error.found()).isEqualTo(found);
        }
    }

    @Nested
    class Numbers {

        @Test
        void readsTheWholeRangeOfIntegers() {
            assertThat(JdlParser.parseValue("-9223372036854775808")).isEqualTo(new JdlInteger(Long.MIN_VALUE));
            assertThat(JdlParser.parseValue("9223372036854775807")).isEqualTo(new JdlInteger(Long.MAX_VALUE));
        }

        @ParameterizedTest
        @CsvSource({"0.5, 0.5", "1e6, 1000000", "-2.5E-3, -0.0025", "1E+2, 100", "4.9E-324, 4.9E-324"})
        void readsReals(String jdl, double value) {
            assertThat(JdlParser.parseValue(jdl)).isEqualTo(new JdlReal(value));
        }

        @ParameterizedTest
        @CsvSource(
                quoteCharacter = '`',
                value = {
                    "0x1F, `'0x1F'`, a decimal number",
                    "-0XA, `'-0XA'`, a decimal number",
                    "007, `'007'`, `a number without leading zeros, or a text in double quotes`",
                    "10K, `'10K'`, `a number such as 12, -3, 0.5 or 1e6, or a text in double quotes`",
                    "1., `'1.'`, `a number such as 12, -3, 0.5 or 1e6, or a text in double quotes`",
                    ".5, `'.5'`, `a number such as 12, -3, 0.5 or 1e6, or a text in double quotes`",
                    "1.2.3, `'1.2.3'`, `a number such as 12, -3, 0.5 or 1e6, or a text in double quotes`",
                    "1e, `'1e'`, `a number such as 12, -3, 0.5 or 1e6, or a text in double quotes`",
                    "-, `'-'`, `a number such as 12, -3, 0.5 or 1e6, or a text in double quotes`",
                    "1e999, `'1e999'`, a number of at most 1.7976931348623157E308",
                    "9223372036854775808, `'9223372036854775808'`, `an integer from -9223372036854775808 to"
                            + " 9223372036854775807, or a text in double quotes`"
                })
        void refusesWhatIsNoDecimalNumber(String number, String found, String expected) {
            JdlSyntaxError error = errorOf("A = " + number + ";");

            assertThat(error.position()).isEqualTo(new JdlPosition(1, 5));
            assertThat(error.found()).isEqualTo(found);
            assertThat(error.expected()).isEqualTo(expected);
        }
    }

    @Nested
    class Errors {

        @Test
        void showTheLineAndPointAtThePlace() {
            JdlSyntaxError error = errorOf("[\n  Executable = \"x\";\n\tSite = LCG.CERN.cern;\n]");

            assertThat(error.code()).isEqualTo(ErrorCode.JDL_SYNTAX);
            assertThat(error).hasMessage("""
                            JDL syntax error at line 3, column 9: found 'LCG.CERN.cern', expected a value: a text in double \
                            quotes, a number, true, false, a list {...} or a record [...] (there are no expressions; a text \
                            needs quotes: "LCG.CERN.cern")
                             Site = LCG.CERN.cern;
                                    ^""");
        }

        @Test
        void shortenLongLines() {
            JdlSyntaxError error = errorOf("A = {" + "1, ".repeat(1000) + "x" + ", 1".repeat(1000) + "}");

            assertThat(error.position()).isEqualTo(new JdlPosition(1, 3006));
            assertThat(error.excerpt().lines().toList())
                    .containsExactly("…" + "1, ".repeat(20) + "x" + ", 1".repeat(13) + "…", " ".repeat(61) + "^");
        }

        @Test
        void showControlCharactersAsBlanks() {
            assertThat(errorOf("\u001B[31m").excerpt()).isEqualTo(" [31m\n^");
        }

        @ParameterizedTest
        @MethodSource("org.diracee.kernel.jdl.JdlParserTest#mistakes")
        void say(String text, int line, int column, String found, String expected) {
            JdlSyntaxError error = errorOf(text);

            assertThat(error.position()).isEqualTo(new JdlPosition(line, column));
            assertThat(error.found()).isEqualTo(found);
            assertThat(error.expected()).isEqualTo(expected);
        }

        @Test
        void nameBothPlacesOfARepeatedAttribute() {
            JdlSyntaxError error = errorOf("Site = \"A\";\n  SITE = \"B\";");

            assertThat(error.position()).isEqualTo(new JdlPosition(2, 3));
            assertThat(error.found()).isEqualTo("attribute 'SITE' a second time");
            assertThat(error.expected()).isEqualTo("each attribute once; 'Site' is already at line 1, column 1");
        }
    }

    static List<Object[]> mistakes() {
        String value = "a value: a text in double quotes, a number, true, false, a list {...} or a record [...]";
        return List.of(
                new Object[] {"A = 1\nB = 2", 2, 1, "'B'", "';' after the value of A"},
                new Object[] {"[A = 1 B = 2]", 1, 8, "'B'", "';' after the value of A or ']'"},
                new Object[] {"A = \"a\" \"b\"", 1, 9, "the text \"b\"", "';' after the value of A"},
                new Object[] {"A = 1 2", 1, 7, "'2'", "';' after the value of A"},
                new Object[] {"A = 3 + 4", 1, 7, "'+'", "';' after the value of A"},
                new Object[] {
                    "\n[A = 1;\n",
                    3,
                    1,
                    "the end of the text",
                    "the name of an attribute or ']' for the '[' at line 2, column 1"
                },
                new Object[] {"[A = 1;] B", 1, 10, "'B'", "the end of the text"},
                new Object[] {"A = 1;]", 1, 7, "']'", "the name of an attribute"},
                new Object[] {"A = 1;;", 1, 7, "';'", "the name of an attribute"},
                new Object[] {"A : 1", 1, 3, "':'", "'=' after the name A"},
                new Object[] {"A", 1, 2, "the end of the text", "'=' after the name A"},
                new Object[] {"A = ;", 1, 5, "';'", value},
                new Object[] {"A =", 1, 4, "the end of the text", value},
                new Object[] {"A = 'x'", 1, 5, "'''", value},
                new Object[] {"A = \u201Cx\u201D", 1, 5, "'U+201C'", value},
                new Object[] {"A = %x", 1, 5, "'%'", value + " (a placeholder is %s, %(NAME)s, %n or %j)"},
                new Object[] {"A = %(x", 1, 5, "'%'", value + " (a placeholder is %s, %(NAME)s, %n or %j)"},
                new Object[] {"A = %", 1, 5, "'%'", value + " (a placeholder is %s, %(NAME)s, %n or %j)"},
                new Object[] {
                    "A = {1, 2,}", 1, 11, "'}'", "a value after ',' (a list has no comma after its last value)"
                },
                new Object[] {"A = {1; 2}", 1, 7, "';'", "',' between the values of the list or '}'"},
                new Object[] {
                    "A = {1,\n 2",
                    2,
                    3,
                    "the end of the text",
                    "',' between the values of the list or '}' for the '{' at line 1, column 5"
                },
                new Object[] {"A = 1; /* b", 1, 8, "a comment that does not end", "*/ at its end"},
                new Object[] {
                    "A = 1; # b",
                    1,
                    8,
                    "'#'",
                    "the name of an attribute (# begins a comment only at the start of a line; // does anywhere)"
                },
                new Object[] {"A = 1;\r\rB = \r\n?", 4, 1, "'?'", value},
                new Object[] {"A = \"😀\"; ?", 1, 10, "'?'", "the name of an attribute"},
                new Object[] {"A.=1", 1, 2, "'.'", "'=' after the name A"},
                new Object[] {"1A=1", 1, 1, "'1A'", "the name of an attribute"},
                new Object[] {
                    "A".repeat(256) + "=1", 1, 1, "a name of 256 characters", "a name of at most 255 characters"
                });
    }

    @Nested
    class Limits {

        @Test
        void allowsSixtyFourLevels() {
            String text = "A = " + "{".repeat(63) + "}".repeat(63);

            assertThat(JdlParser.parse(text).depth()).isEqualTo(64);
        }

        @Test
        void refusesDeeperNestingHoweverDeep() {
            for (String open : List.of("{", "[A=", "{[A=")) {
                JdlSyntaxError error = errorOf("A = " + open.repeat(1_000_000));

                assertThat(error.found()).isEqualTo("a list or record inside 64 others");
                assertThat(error.expected()).isEqualTo("at most 64 levels of nesting");
            }
        }

        @Test
        void refusesTooLongATextBeforeReadingIt() {
            assertThatThrownBy(() -> JdlParser.parse("x".repeat(8 * 1024 * 1024 + 1)))
                    .isInstanceOf(JdlSyntaxError.class)
                    .hasMessageContaining(
                            "found a text of 8388609 characters, expected a text of at most 8388608 characters");
        }
    }
}
