/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.diracee.kernel.value.Dn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlashFormTest {

    @Test
    void isTheSameForPeopleToReadAndToCompare() throws IOException {
        X500Name zoe = new X500NameBuilder()
                .addRDN(BCStyle.DC, "org")
                .addRDN(BCStyle.UID, "zoe")
                .addRDN(BCStyle.CN, "Zo\u00eb")
                .build();

        assertThat(SlashForm.text(zoe)).isEqualTo("/DC=org/UID=zoe/CN=Zo\\xC3\\xAB");
        assertThat(SlashForm.of(new X500Principal(zoe.getEncoded()))).isEqualTo(new Dn(SlashForm.text(zoe)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Zo\\xC3\\xAB", "mallory/CN=alice", "CN=alice"})
    void refusesAValueThatReadsAsAnother(String value) throws IOException {
        X500Principal name = new X500Principal(
                new X500NameBuilder().addRDN(BCStyle.CN, value).build().getEncoded());

        assertThatThrownBy(() -> SlashForm.of(name))
                .isInstanceOf(InvalidCertificate.class)
                .hasMessage("a name in it can be read in two ways");
    }

    @Test
    void refusesSeveralAttributesInOnePart() {
        X500Principal name = new X500Principal("CN=alice+UID=a1, DC=org");

        assertThatThrownBy(() -> SlashForm.of(name))
                .isInstanceOf(InvalidCertificate.class)
                .hasMessage("a name in it can be read in two ways");
    }
}
