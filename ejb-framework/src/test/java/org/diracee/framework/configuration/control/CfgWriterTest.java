/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CfgWriterTest {

    @Test
    void writesTheCanonicalForm() {
        String canonical = """
                # Where jobs run.
                #
                # Ask the operators.
                Resources
                {
                  # one
                  Sites
                  {
                    Empty
                    {
                    }
                    VO = lhcb, biomed
                    None =
                    # Other = 2
                  }
                }
                # the end
                """;
        String free = """
                #Where jobs run.
                #
                # Ask the operators.
                Resources {
                Sites { # one
                Empty {}
                VO=lhcb
                VO += biomed
                None=
                #Other = 2
                }}
                #the end""";

        assertThat(CfgWriter.write(CfgReader.read(free))).isEqualTo(canonical);
        assertThat(CfgWriter.write(CfgReader.read(canonical))).isEqualTo(canonical);
    }

    @Test
    void refusesToLoseWhatAValueHoldsAfterAHash() {
        ConfigurationDocument document =
                ConfigurationDocument.empty().with("/Resources/IdP/scope", "role=a#aai.egi.eu");

        assertThatThrownBy(() -> CfgWriter.write(document))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessage("The configuration document is not valid: /Resources/IdP/scope: found '#' in the value "
                        + "'role=a#aai.egi.eu', allowed is any other character: '#' begins a comment in .cfg files");
    }

    @Test
    void anEmptyDocumentIsAnEmptyText() {
        assertThat(CfgWriter.write(ConfigurationDocument.empty())).isEmpty();
    }
}
