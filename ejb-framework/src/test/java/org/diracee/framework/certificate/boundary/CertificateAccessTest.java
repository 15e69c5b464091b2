/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.certificate.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import org.bouncycastle.asn1.DERIA5String;
import org.diracee.framework.certificate.control.PathValidation;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.fixture.Documents;
import org.diracee.framework.registry.boundary.CertificateHolders;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Credential;
import org.diracee.kernel.access.CredentialKind;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.proxy.Pki;
import org.diracee.kernel.proxy.Pki.Holder;
import org.junit.jupiter.api.Test;

class CertificateAccessTest {

    private static final Configuration CONFIGURATION = Documents.of("""
            Registry/DefaultGroup = lab_user
            Registry/VO/lab/VOMSName = lab.example.org
            Registry/Users/carl/DN = /DC=test/DC=grid/CN=carl, /DC=test/DC=grid/CN=Carl Old
            Registry/Users/carl/DefaultGroup = lab_prod
            Registry/Users/dora/DN = /DC=test/DC=grid/CN=dora
            Registry/Users/sven/DN = /DC=test/DC=grid/CN=sven
            Registry/Users/sven/Suspended = lab
            Registry/Users/both/DN = /DC=test/DC=grid/CN=both
            Registry/Users/none/DN = /DC=test/DC=grid/CN=none
            Registry/Groups/lab_user/VO = lab
            Registry/Groups/lab_user/Users = dora, both, sven
            Registry/Groups/lab_user/Properties = NormalUser
            Registry/Groups/lab_user/VOMSRole = /lab.example.org
            Registry/Groups/lab_prod/VO = lab
            Registry/Groups/lab_prod/Users = carl, both
            Registry/Groups/lab_prod/Properties = NormalUser, JobAdministrator
            Registry/Groups/lab_prod/VOMSRole = /lab.example.org/Role=production
            Registry/Groups/lab_other/VO = lab
            Registry/Groups/lab_other/Users = none
            Registry/Hosts/node/DN = /DC=test/DC=grid/CN=node
            Registry/demo/DefaultGroup = demo_user
            Registry/demo/Users/b-1/PreferedUsername = both
            Registry/demo/Users/b-1/DNs = /DC=test/DC=grid/CN=both
            Registry/demo/Users/e-1/PreferedUsername = eve
            Registry/demo/Users/e-1/DNs = /DC=test/DC=grid/CN=eve/Email=eve@example.org
            Registry/demo/Groups/demo_user/Properties = NormalUser
            Registry/demo/Groups/demo_user/Users = b-1, e-1
            Registry/demo/Groups/demo_user/VOMSRole = /demo
            Registry/demo/Groups/demo_trap/Users = b-1
            Registry/demo/Groups/demo_trap/VOMSRole = /lab.example.org/Role=production
            """);

    private static final Holder AUTHORITY = Pki.authority("Test CA");

    private List<String> fqans = List.of();
    private final ConfigurationService configuration = new ConfigurationService() {
        @Override
        public Configuration current() {
            return CONFIGURATION;
        }
    };
    private final CertificateAccess access = new CertificateAccess(
            new ChainVerification(
                    new PathValidation() {
                        @Override
                        public boolean enabled() {
                            return true;
                        }

                        @Override
                        public void validate(List<X509Certificate> chain) {}
                    },
                    chain -> fqans,
                    Clock.systemUTC()),
            new CertificateHolders(configuration),
            new Registry(configuration));

    private static Holder holder(String name) {
        return AUTHORITY.certificateFor(name).make();
    }

    private Caller.User caller(Holder holder) {
        return access.caller(holder.chain());
    }

    private Caller.User withAttributes(String name, String... attributes) {
        fqans = List.of(attributes);
        return caller(holder(name)
                .proxy()
                .extension("1.3.6.1.4.1.8005.100.100.5", new DERIA5String("the reader is told what they say"))
                .make());
    }

    private void refused(Holder holder, String reason) {
        assertThatThrownBy(() -> caller(holder))
                .isInstanceOf(UntrustedChain.class)
                .hasMessageContaining(reason);
    }

    @Test
    void actsInTheDefaultGroupOfTheUserOrTheVo() {
        Caller.User dora = caller(holder("dora"));
        assertThat(dora.group().text()).isEqualTo("lab_user");
        assertThat(dora.vo().text()).isEqualTo("lab");
        assertThat(dora.properties()).containsExactly(Property.NORMAL_USER);
        assertThat(dora.credential()).isEqualTo(Credential.of(CredentialKind.CERTIFICATE, "/DC=test/DC=grid/CN=dora"));
        assertThat(caller(holder("carl")).group().text()).isEqualTo("lab_prod");
        assertThat(caller(holder("Carl Old")).username().text()).isEqualTo("carl");
    }

    @Test
    void saysWhetherAProxyWasShownAndWhetherItIsLimited() {
        assertThat(caller(holder("dora").proxy().make()).credential().kind()).isEqualTo(CredentialKind.PROXY);
        assertThat(caller(holder("dora").proxy().limited().make()).credential().kind())
                .isEqualTo(CredentialKind.LIMITED_PROXY);
    }

    @Test
    void findsNamesWithAddressesInBothSpellings() {
        Holder eve = AUTHORITY
                .certificateFor("x")
                .named(new org.bouncycastle.asn1.x500.X500Name(
                        org.bouncycastle.asn1.x500.style.BCStyle.INSTANCE, "DC=test,DC=grid,CN=eve,E=eve@example.org"))
                .make();
        assertThat(caller(eve).username().text()).isEqualTo("eve");
    }

    @Test
    void actsInTheGroupThatTheFirstFittingAttributeStandsFor() {
        assertThat(withAttributes("both", "/lab.example.org/Role=production/Capability=NULL", "/lab.example.org")
                        .group()
                        .text())
                .isEqualTo("lab_prod");
        assertThat(withAttributes(
                                "both",
                                "/lab.example.org/Role=NULL/Capability=NULL",
                                "/lab.example.org/Role=production")
                        .group()
                        .text())
                .isEqualTo("lab_user");
        assertThat(withAttributes("both", "/demo").vo().text()).isEqualTo("demo");
        // not a member of what it stands for
        assertThat(withAttributes("dora", "/lab.example.org/Role=production")
                        .group()
                        .text())
                .isEqualTo("lab_user");
        assertThat(withAttributes("dora", "/elsewhere").group().text()).isEqualTo("lab_user");
    }

    @Test
    void anAttributeCountsInItsOwnVoWhateverGroupsOfOthersName() {
        assertThat(withAttributes("both", "/lab.example.org/Role=production")
                        .group()
                        .text())
                .isEqualTo("lab_prod");
    }

    @Test
    void anAttributeThatStandsForNoGroupStillTellsTheVo() {
        assertThat(withAttributes("both", "/lab.example.org/Role=pilot").vo().text())
                .isEqualTo("lab");
        assertThat(withAttributes("both", "/demo/Role=pilot").vo().text()).isEqualTo("demo");
    }

    @Test
    void actsInTheGroupThatAProxyIsMadeForWhateverItsAttributes() {
        fqans = List.of("/lab.example.org/Role=production");
        Holder proxy = holder("both")
                .proxy()
                .extension("1.2.42.42", new DERIA5String("demo_user"))
                .make();
        assertThat(caller(proxy).vo().text()).isEqualTo("demo");
        refused(
                holder("dora")
                        .proxy()
                        .extension("1.2.42.42", new DERIA5String("lab_prod"))
                        .make(),
                "no member of the group lab_prod");
    }

    @Test
    void refusesWhoDoesNotSayForWhichOfSeveralVos() {
        refused(holder("both"), "several VOs");
    }

    @Test
    void refusesStrangersTheSuspendedMachinesAndThoseWithoutGroup() {
        refused(holder("mallory"), "/DC=test/DC=grid/CN=mallory is not registered");
        refused(holder("sven"), "suspended");
        refused(holder("node"), "is a machine's");
        refused(holder("none"), "no member of the default group");
    }
}
