/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.diracee.kernel.error.FieldError;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CfgReaderTest {

    @Test
    void readsSectionsOptionsAndLists() {
        ConfigurationDocument document = CfgReader.read("""
                Resources
                {
                  Sites
                  {
                    LCG.CERN.cern {
                      Name = CERN
                      VO = lhcb, biomed
                      VO += belle
                      Empty =
                    }
                  }
                }
                """);

        String site = "/Resources/Sites/LCG.CERN.cern";
        assertThat(document.value(site + "/Name")).contains("CERN");
        assertThat(document.value(site + "/VO")).contains("lhcb, biomed, belle");
        assertThat(document.value(site + "/Empty")).contains("");
        assertThat(document.section(site).orElseThrow().entries().keySet()).containsExactly("Name", "VO", "Empty");
        assertThat(document.snapshot(7).list("Resources/Sites/LCG.CERN.cern/VO"))
                .containsExactly("lhcb", "biomed", "belle");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A\n{\nB\n{\nC = 1\n}\n}\n",
                "A {\n  B {\n    C = 1\n  }\n}",
                "A { B { C = 1\n}}",
                "A\r\n{\r\n\tB\r\n\r\n\t{\r\n\t\tC=1\r\n\t}\r\n}\r\n",
                "A\r{\rB{\rC = 1 \r}\r}",
                "\uFEFFA{\nB\n\n{ C =1\n}\n}",
            })
    void bracesBlanksAndLineEndsAreFree(String text) {
        assertThat(CfgReader.read(text)).isEqualTo(ConfigurationDocument.empty().with("/A/B/C", "1"));
    }

    @Test
    void theFirstEqualsSignEndsTheName() {
        ConfigurationDocument document = CfgReader.read("DN = /DC=ch/CN=Alice {x}\nDNs += /O=a\nC+ = =\n");

        assertThat(document.value("/DN")).contains("/DC=ch/CN=Alice {x}");
        assertThat(document.value("/DNs")).contains("/O=a");
        assertThat(document.value("/C+")).contains("=");
    }

    @Test
    void appendingToNothingAddsNoComma() {
        assertThat(CfgReader.read("A =\nA += 1\nA +=\nA+=2").value("/A")).contains("1, 2");
    }

    @Test
    void sectionsMayBeEmpty() {
        assertThat(CfgReader.read("A {}\nB\n{\n}\n"))
                .isEqualTo(ConfigurationDocument.empty().withSection("/A").withSection("/B"));
        assertThat(CfgReader.read("")).isEqualTo(ConfigurationDocument.empty());
    }

    @Nested
    class Comments {

        @Test
        void belongToTheEntryBelowOrInTheirLine() {
            ConfigurationDocument document = CfgReader.read("""
                    # Where jobs run.
                    #
                    #   Ask the operators before changes.
                    Resources # all of them
                    # really
                    {         # yes
                      #in seconds
                      Time = 60 # a minute
                      Time += 70 # more
                    }
                    """);

            assertThat(document.section("/Resources").orElseThrow().comment())
                    .isEqualTo("Where jobs run.\n\n  Ask the operators before changes.\nall of them\nreally\nyes");
            assertThat(document.option("/Resources/Time"))
                    .contains(new ConfigurationOption("60, 70", "in seconds\na minute\nmore"));
        }

        @Test
        void atTheEndOfASectionStayThere() {
            ConfigurationDocument document = CfgReader.read("""
                    A
                    {
                      x = 1
                      # y = 2
                    } # of A
                    # about B
                    B { # beside B
                    }
                    # the end
                    """);

            assertThat(document.section("/A").orElseThrow().closingComment()).isEqualTo("y = 2\nof A");
            assertThat(document.section("/B").orElseThrow().comment()).isEqualTo("about B\nbeside B");
            assertThat(document.root().closingComment()).isEqualTo("the end");
        }

        @Test
        void beginAnywhere() {
            assertThat(CfgReader.read("URL = https://x/#top").option("/URL"))
                    .contains(new ConfigurationOption("https://x/", "top"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '$',
            value = {
                "A; line 1, column 1; the name 'A' alone; '=' and a value, or '{'",
                "A|B = 1; line 2, column 1; 'B = 1'; '{' after the name 'A' of line 1",
                "A|B|{|}; line 2, column 1; 'B'; '{' after the name 'A' of line 1",
                "A {| }}; line 2, column 3; '}'; no section is open",
                "A {|  B|  {; line 3, column 4; the end of the text; '}' for the section /A/B of line 2",
                "{}; line 1, column 1; '{' without a name; the name of a section",
                "$  = 3$; line 1, column 3; '= 3'; an option 'Name = value' or a section 'Name {'",
                "+= 3; line 1, column 1; '+= 3'; an option 'Name = value'",
                "A { b }; line 1, column 7; '}' after 'b'; '=' or '{' after a name",
                "A = 1|  A = 2; line 2, column 3; a second 'A' in /; one: the first is in line 1",
                "S {|A {}| A += 2|}; line 3, column 2; a second 'A' in /S; the first is in line 2",
                "A {}|A| {}; line 2, column 1; a second 'A' in /; the first is in line 1",
                "A = 1|A {; line 2, column 1; a second 'A' in /; the first is in line 1",
                "é😀/x = 1; line 1, column 1; '/' in the name 'é😀/x'; a name of printable characters",
                "é😀\u0007 = 1; line 1, column 3; the character U+0007; printable characters",
            })
    void saysWhereATextIsWrong(String text, String where, String found, String allowed) {
        assertThatThrownBy(() -> CfgReader.read(text.replace('|', '\n')))
                .isInstanceOfSatisfying(ConfigurationSyntaxError.class, error -> {
                    assertThat(error.detail())
                            .startsWith("The configuration document is not valid: " + where + ": found " + found
                                    + ", allowed is ")
                            .contains(allowed);
                    assertThat(error.fields())
                            .singleElement()
                            .extracting(FieldError::field)
                            .isEqualTo(where);
                });
    }

    @Test
    void boundsTheDepth() {
        int most = ConfigurationPath.MAX_DEPTH;
        String deepest = "A{".repeat(most) + "}".repeat(most);

        assertThat(CfgReader.read(deepest).section("/A".repeat(most))).isPresent();
        assertThatThrownBy(() -> CfgReader.read("A{\n".repeat(most) + "b = 1\n" + "}\n".repeat(most)))
                .hasMessageContaining("line 65, column 1: found one more level, allowed is sections nested 64 deep");
        assertThatThrownBy(() -> CfgReader.read("A{".repeat(most + 1)))
                .hasMessageContaining("line 1, column 130: found one more level");
    }
}
