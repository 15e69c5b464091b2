/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.diracee.framework.configuration.boundary.Finding;
import org.diracee.kernel.configuration.Configuration;
import org.junit.jupiter.api.Test;

class CeTypeCheckTest {

    private static final CeTypeCheck CHECK = new CeTypeCheck(List.of("SSH", "Local"));

    private static List<Finding> findings(String type) {
        return CHECK.check(new Configuration(
                1,
                Map.of(
                        "Resources",
                        Map.of("Sites", Map.of("A.b.c", Map.of("CEs", Map.of("ce1", Map.of("CEType", type))))))));
    }

    @Test
    void warnsOfAKindThatNobodyServes() {
        assertThat(findings("Lokal")).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
            assertThat(finding.path()).endsWith("/A.b.c/CEs/ce1/CEType");
            assertThat(finding.message()).isEqualTo("There is no adapter for it; there are Local, SSH");
        });
        assertThat(findings("Local")).isEmpty();
    }
}
