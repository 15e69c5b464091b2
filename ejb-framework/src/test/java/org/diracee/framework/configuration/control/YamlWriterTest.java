/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlWriterTest {

    @Test
    void writesTypesCommentsAndEmptySections() {
        ConfigurationDocument document = CfgReader.read("""
                # people
                Registry
                {
                  Users = a, b-2,,yes
                  Nobody =
                  Quota = 10
                  Broken = ten
                  Active = Yes
                  # none yet
                  Hosts
                  {
                    # here
                  }
                  Groups
                  {
                  }
                  # that is all
                }
                # end
                """);
        Map<String, Typing.Kind> kinds = Map.of(
                "/Registry/Users", Typing.Kind.LIST,
                "/Registry/Nobody", Typing.Kind.LIST,
                "/Registry/Quota", Typing.Kind.NUMBER,
                "/Registry/Broken", Typing.Kind.NUMBER,
                "/Registry/Active", Typing.Kind.BOOLEAN);

        assertThat(YamlWriter.write(document, path -> kinds.getOrDefault(path, Typing.Kind.TEXT)))
                .isEqualTo("""
                        # people
                        Registry:
                          Users:
                            - a
                            - b-2
                            - 'yes'
                          Nobody: []
                          Quota: 10
                          Broken: ten
                          Active: true
                          # none yet
                          Hosts: {
                            # here
                          }
                          Groups: {}
                          # that is all
                        # end
                        """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '$',
            value = {
                "plain text, as is; plain text, as is",
                "/DC=ch/CN=Alice (x); /DC=ch/CN=Alice (x)",
                "true; 'true'",
                "off; 'off'",
                "y; 'y'",
                "null; 'null'",
                "~; '~'",
                "10; '10'",
                "0x1F; '0x1F'",
                "2001-01-01; '2001-01-01'",
                "1:30; '1:30'",
                "https://x:1/; 'https://x:1/'",
                "a: b; 'a: b'",
                "a #b; 'a #b'",
                "it's; 'it''s'",
                "- x; '- x'",
                "{x}; '{x}'",
                "grün; 'grün'",
                "$$; ''",
            })
    void quotesWhatYamlWouldTakeForSomethingElse(String value, String written) {
        assertThat(YamlWriter.write(ConfigurationDocument.empty().with("/A", value)))
                .isEqualTo("A: " + written + "\n");
    }

    @Test
    void anEmptyDocumentIsAnEmptyMapping() {
        assertThat(YamlWriter.write(ConfigurationDocument.empty())).isEqualTo("{}\n");
    }
}
