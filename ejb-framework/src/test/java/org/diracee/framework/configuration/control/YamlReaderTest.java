/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlReaderTest {

    @Test
    void readsADefaultFileOfDiracx() {
        ConfigurationDocument document = YamlReader.read("""
                DIRAC:
                  NoSetup: true
                Registry:
                  lhcb:
                    IdP: {URL: "https://idp.test/", ClientID: 'my: client'}
                    DefaultGroup: lhcb_user
                    DefaultStorageQuota: 2.0
                    Users:
                      b824d4dc-1f9d-4ee8-8df5-c0ae55d46041:
                        PreferedUsername: chaen
                        DNs: []
                    Groups:
                      lhcb_user:
                        Properties:
                        - NormalUser
                        - PrivateLimitedDelegation
                        Users: [b824d4dc-1f9d-4ee8-8df5-c0ae55d46041, b-2]
                Operations:
                  lhcb: {}
                  Defaults:
                    Message: >-
                      folded into
                      one line
                """);

        assertThat(document.value("/DIRAC/NoSetup")).contains("true");
        assertThat(document.value("/Registry/lhcb/IdP/ClientID")).contains("my: client");
        assertThat(document.value("/Registry/lhcb/DefaultStorageQuota")).contains("2.0");
        assertThat(document.value("/Registry/lhcb/Groups/lhcb_user/Properties"))
                .contains("NormalUser, PrivateLimitedDelegation");
        assertThat(document.value("/Registry/lhcb/Users/b824d4dc-1f9d-4ee8-8df5-c0ae55d46041/DNs"))
                .contains("");
        assertThat(document.section("/Operations/lhcb").orElseThrow().isEmpty()).isTrue();
        assertThat(document.value("/Operations/Defaults/Message")).contains("folded into one line");
    }

    @Test
    void numbersAndBooleansStayAsTheyAreWritten() {
        assertThat(YamlReader.read("A: 1_000\nB: 010\nC: Yes\nD: 1e3\n"))
                .isEqualTo(ConfigurationDocument.empty()
                        .with("/A", "1_000")
                        .with("/B", "010")
                        .with("/C", "Yes")
                        .with("/D", "1e3"));
    }

    @Test
    void anEmptyTextIsAnEmptyDocument() {
        assertThat(YamlReader.read("")).isEqualTo(ConfigurationDocument.empty());
        assertThat(YamlReader.read("{}")).isEqualTo(ConfigurationDocument.empty());
        assertThat(YamlReader.read("\uFEFFA: 1").value("/A")).contains("1");
        assertThat(YamlReader.read("---\n# later\n").root().closingComment()).isEqualTo("later");
    }

    @Nested
    class Comments {

        @Test
        void belongToTheEntryBelowOrInTheirLine() {
            ConfigurationDocument document = YamlReader.read("""
                    # head
                    ---

                    # about A
                    A: # beside A
                      # about x
                      x: 1 # beside x
                      L: # beside L
                        # the first
                        - a # beside a
                        - b
                        # no more
                      # about M
                      M: [a, # first
                          b] # all
                    """);

            assertThat(document.section("/A").orElseThrow().comment()).isEqualTo("head\nabout A\nbeside A");
            assertThat(document.option("/A/x").orElseThrow().comment()).isEqualTo("about x\nbeside x");
            assertThat(document.option("/A/L"))
                    .contains(new ConfigurationOption("a, b", "beside L\nthe first\nbeside a\nno more"));
            assertThat(document.option("/A/M")).contains(new ConfigurationOption("a, b", "about M\nfirst\nall"));
        }

        @Test
        void theirIndentationTellsWhichSectionTheyEnd() {
            ConfigurationDocument document = YamlReader.read("""
                    A:
                      B:
                        x: 1
                        # end of B
                      # end of A
                    # about C
                    C:
                      L:
                      - a
                      # about D
                      D: {}
                    # end
                    """);

            assertThat(document.section("/A/B").orElseThrow().closingComment()).isEqualTo("end of B");
            assertThat(document.section("/A").orElseThrow().closingComment()).isEqualTo("end of A");
            assertThat(document.section("/C").orElseThrow().comment()).isEqualTo("about C");
            assertThat(document.section("/C/D").orElseThrow().comment()).isEqualTo("about D");
            assertThat(document.root().closingComment()).isEqualTo("end");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '$',
            value = {
                "A: 1|B: &x 2; line 2, column 4; found the anchor '&x', allowed is a value without anchor",
                "A: *x; line 1, column 4; found the alias '*x', allowed is a text",
                "<<: {A: 1}; line 1, column 1; found '<<' as a name",
                "A: !!python/object:os.system x; line 1, column 4; found the tag 'tag:yaml.org,2002:python/object:os.system'",
                "A: !x {}; line 1, column 4; found the tag '!x'",
                "A:|  b: 1|  b: 2; line 3, column 3; found a second 'b' in /A, allowed is one: the first is in line 2",
                "A: [a, 'b, c']; line 1, column 8; found the item 'b, c' with a comma in the list /A",
                "A:|- x: 1; line 2, column 3; found a section, allowed is a text, a number or a boolean in the list /A",
                "A: ['']; line 1, column 5; found an empty item in the list /A",
                "A:; line 1, column 3; found no value, allowed is a text, a number",
                "A: ~; line 1, column 4; found no value",
                "~: 1; line 1, column 1; found '~' as a name",
                "[a]: 1; line 1, column 1; found a list, allowed is a name and ':'",
                "a/b: 1; line 1, column 1; found '/' in the name 'a/b'",
                "A: ¦-|  x|  y; line 1, column 4; found a text of several lines, allowed is a text in one line",
                "A: \"\\a\"; line 1, column 4; found the character U+0007 in a value",
                "A: \u0007b; line 1, column 4; found the character U+0007, allowed is printable",
                "- a; line 1, column 1; found a list, allowed is a section of 'name: value', or {} for none",
                "A: 1|---|B: 1; line 2, column 1; found a second document, allowed is one document",
                "A: 1| B: 2; line 2, column 2; while parsing a block mapping, expected <block end>",
                "A: [1; line 1, column 6; while parsing a flow sequence, expected ',' or ']'",
            })
    void saysWhereATextIsWrong(String text, String where, String reason) {
        assertThatThrownBy(() -> YamlReader.read(text.replace('|', '\n').replace('¦', '|')))
                .isInstanceOf(ConfigurationSyntaxError.class)
                .hasMessageStartingWith("The configuration document is not valid: " + where + ": " + reason);
    }

    @Test
    void boundsTheDepth() {
        int most = ConfigurationPath.MAX_DEPTH;
        assertThat(YamlReader.read("{A: ".repeat(most) + "1" + "}".repeat(most)).value("/A".repeat(most)))
                .contains("1");
        assertThatThrownBy(() -> YamlReader.read("{A: ".repeat(most + 1)))
                .hasMessageContaining("line 1, column 258: found one more level, allowed is sections nested 64 deep");
    }
}
