/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.login.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.DERIA5String;
import org.diracee.framework.audit.boundary.AuditedAct;
import org.diracee.framework.audit.boundary.SecurityAudit;
import org.diracee.framework.certificate.boundary.CertificateAccess;
import org.diracee.framework.certificate.boundary.ChainVerification;
import org.diracee.framework.certificate.control.PathValidation;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.fixture.Documents;
import org.diracee.framework.registry.boundary.CertificateHolders;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.framework.token.boundary.Scope;
import org.diracee.framework.token.boundary.TokenIssuer;
import org.diracee.framework.token.boundary.TokenPair;
import org.diracee.kernel.access.Credential;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.proxy.Pki;
import org.diracee.kernel.proxy.Pki.Holder;
import org.junit.jupiter.api.Test;

class CertificateLoginTest {

    private static final Configuration CONFIGURATION = Documents.of("""
            Registry/lab/Users/c-1/PreferedUsername = carl
            Registry/lab/Users/c-1/DNs = /DC=test/DC=grid/CN=carl
            Registry/lab/Groups/lab_prod/Properties = NormalUser, JobAdministrator
            Registry/lab/Groups/lab_prod/Users = c-1
            Registry/lab/Groups/lab_prod/VOMSRole = /lab/Role=production
            Registry/lab/DefaultGroup = lab_root
            Registry/lab/Groups/lab_root/Properties = CSAdministrator
            Registry/lab/Groups/lab_root/Users = c-1
            Registry/demo/Users/c-2/PreferedUsername = carl
            Registry/demo/Users/c-2/DNs = /DC=test/DC=grid/CN=carl
            Registry/demo/Groups/lab_prod/Properties = CSAdministrator
            Registry/demo/Groups/lab_prod/Users = d-3
            """);

    private static final Holder AUTHORITY = Pki.authority("Test CA");

    private final ConfigurationService configuration = new ConfigurationService() {
        @Override
        public Configuration current() {
            return CONFIGURATION;
        }
    };
    private final Registry registry = new Registry(configuration);
    private List<String> attributes = List.of();
    private final ChainVerification verification = new ChainVerification(
            new PathValidation() {
                @Override
                public boolean enabled() {
                    return true;
                }

                @Override
                public void validate(List<X509Certificate> chain) {}
            },
            chain -> attributes,
            Clock.systemUTC());
    private final List<String> granted = new ArrayList<>();
    private final List<String> audited = new ArrayList<>();
    private final CertificateLogin login = new CertificateLogin(
            verification,
            new CertificateAccess(verification, new CertificateHolders(configuration), registry),
            registry,
            new TokenIssuer() {
                @Override
                public TokenPair certificateTokens(String subject, Scope scope, Instant ends, Credential shown) {
                    granted.add(subject + " " + scope.text());
                    throw new UnsupportedOperationException("a test signs nothing");
                }
            },
            new SecurityAudit() {
                @Override
                public void refused(AuditedAct act) {
                    audited.add(act.detail());
                }
            });

    private static List<X509Certificate> proxyFor(String group) {
        return proxyWith("1.2.42.42", group);
    }

    private static List<X509Certificate> proxyWith(String extension, String content) {
        return AUTHORITY
                .certificateFor("carl")
                .make()
                .proxy()
                .extension(extension, new DERIA5String(content))
                .make()
                .chain();
    }

    private void grants(List<X509Certificate> chain, String scope, String whatToWhom) {
        assertThatThrownBy(() -> login.tokens(chain, scope)).isInstanceOf(UnsupportedOperationException.class);
        assertThat(granted).containsExactly(whatToWhom);
    }

    private void refuses(List<X509Certificate> chain, String scope, String reason) {
        assertThatThrownBy(() -> login.tokens(chain, scope))
                .isInstanceOf(Forbidden.class)
                .hasMessageContaining(reason);
        assertThat(granted).isEmpty();
        assertThat(audited).singleElement().asString().contains(reason);
    }

    @Test
    void aProxyForAGroupGivesTheRightsOfThatGroup() {
        grants(
                proxyFor("lab_prod"),
                "vo:lab group:lab_prod property:JobAdministrator",
                "c-1 vo:lab group:lab_prod property:JobAdministrator");
    }

    @Test
    void aProxyForAGroupGivesNoRightsOfTheUsersOtherGroups() {
        refuses(proxyFor("lab_prod"), "vo:lab group:lab_prod property:CSAdministrator", "no others");
    }

    @Test
    void aProxyForAGroupGivesNoOtherGroup() {
        refuses(proxyFor("lab_prod"), "vo:lab group:lab_root", "group lab_prod of the VO lab alone");
    }

    @Test
    void aProxyForAGroupGivesNothingInAnotherVoWithAGroupOfThatName() {
        refuses(proxyFor("lab_prod"), "vo:demo group:lab_prod", "of the VO lab alone");
    }

    @Test
    void theCertificateItselfGivesWhatTheUserMayAskFor() {
        grants(
                AUTHORITY.certificateFor("carl").make().chain(),
                "vo:lab group:lab_prod property:CSAdministrator",
                "c-1 vo:lab group:lab_prod property:CSAdministrator");
    }

    @Test
    void aLogInThatNamesNoGroupIsInThatOfTheProxy() {
        grants(
                proxyFor("lab_prod"),
                "vo:lab property:JobAdministrator",
                "c-1 vo:lab group:lab_prod property:JobAdministrator");
    }

    @Test
    void aLogInThatNamesNoGroupIsInThatOfTheVomsAttribute() {
        attributes = List.of("/lab/Role=production");

        grants(proxyWith("1.3.6.1.4.1.8005.100.100.5", "read by the fake"), "vo:lab", "c-1 vo:lab group:lab_prod");
    }

    @Test
    void aLogInThatNamesNoGroupIsInTheDefaultOneIfTheCertificateTellsNone() {
        grants(AUTHORITY.certificateFor("carl").make().chain(), "vo:lab", "c-1 vo:lab group:lab_root");
    }
}
