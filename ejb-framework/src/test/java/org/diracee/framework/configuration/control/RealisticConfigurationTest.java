/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.diracee.framework.configuration.boundary.Change;
import org.diracee.framework.configuration.control.Merge.Merged;
import org.junit.jupiter.api.Test;

/** Configurations as large installations have them survive everything that is done to them. */
class RealisticConfigurationTest {

    private static final int FIVE_MEGABYTES = 5_000_000;

    @Test
    void aYearsOldConfigurationIsReadBackAsItWas() {
        ConfigurationDocument document = RealisticConfiguration.withUsers(300);

        assertThat(CfgReader.read(CfgWriter.write(document))).isEqualTo(document);
        assertThat(YamlReader.read(YamlWriter.write(document))).isEqualTo(document);
        assertThat(document.section("/Resources/Sites/LCG").orElseThrow().entries())
                .hasSize(60);
        assertThat(LegacySetups.collapse(document).document()).isEqualTo(document);
    }

    @Test
    void aConfigurationOfTenThousandUsersIsReadBackAsItWas() {
        ConfigurationDocument document = RealisticConfiguration.withUsers(10_000);
        String cfg = CfgWriter.write(document);

        assertThat(cfg.length()).isGreaterThan(FIVE_MEGABYTES);
        assertThat(CfgReader.read(cfg).equals(document)).isTrue();
        assertThat(YamlReader.read(YamlWriter.write(document)).equals(document)).isTrue();
    }

    @Test
    void editsOfTenThousandUsersAreToldAndMerged() {
        ConfigurationDocument base = RealisticConfiguration.withUsers(10_000);
        ConfigurationEditor mails = base.edit();
        ConfigurationEditor quotas = base.edit();
        for (String user :
                base.section("/Registry/Users").orElseThrow().entries().keySet()) {
            mails.set("/Registry/Users/" + user + "/Email", user + "@grid.test");
            quotas.set("/Registry/Users/" + user + "/Quota", "200");
        }
        List<Change> changes = Changes.between(base, mails.document());

        assertThat(changes).hasSize(10_000);
        assertThat(Changes.apply(base, changes).equals(mails.document())).isTrue();
        assertThat(Merge.of(base, mails.document(), quotas.document()))
                .isInstanceOfSatisfying(
                        Merged.class, merged -> assertThat(Changes.between(quotas.document(), merged.document()))
                                .isEqualTo(changes));
    }
}
