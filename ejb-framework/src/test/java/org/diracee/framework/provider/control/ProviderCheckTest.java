/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.provider.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.diracee.framework.configuration.boundary.Finding;
import org.diracee.framework.fixture.Documents;
import org.diracee.framework.provider.boundary.IdentityProvider;
import org.diracee.framework.provider.boundary.Registration;
import org.diracee.kernel.configuration.InvalidOption;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.VoName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderCheckTest {

    private static final String BY_VO = """
            Registry/demo/DefaultGroup = demo_user
            Registry/demo/IdP/URL = https://iam.test/
            Registry/demo/IdP/ClientID = dirac
            Registry/demo/IdP/Registration = group-claim
            Registry/demo/Groups/demo_user/IdPRole = /demo, urn:demo:role=member
            """;

    private static List<Finding> check(String lines) {
        return new ProviderCheck().check(Documents.of(lines));
    }

    private static Optional<IdentityProvider> provider(String lines) {
        return ProviderOptions.provider(Documents.of(lines), new VoName("demo"), List.of(new GroupName("demo_user")));
    }

    @Test
    void findsNothingWhereAllIsWell() {
        assertThat(check(BY_VO)).isEmpty();
        assertThat(check("Registry/demo/DefaultGroup = demo_user")).isEmpty();
    }

    @Test
    void readsDiracxPlace() {
        IdentityProvider provider = provider(BY_VO).orElseThrow();

        assertThat(provider.url()).isEqualTo(URI.create("https://iam.test/"));
        assertThat(provider.clientId()).isEqualTo("dirac");
        assertThat(provider.scope()).isEqualTo("openid profile");
        assertThat(provider.audiences()).isEmpty();
        assertThat(provider.registration()).isEqualTo(Registration.GROUP_CLAIM);
        assertThat(provider.groups(List.of("/other", "urn:demo:role=member#aai.egi.eu", "/demo")))
                .containsExactly(new GroupName("demo_user"));
    }

    @Test
    void readsDiracsPlace() {
        IdentityProvider provider = provider("""
                Registry/VO/demo/IdProvider = iam
                Registry/Groups/demo_user/VO = demo
                Registry/Groups/demo_user/IdPRole = /demo
                Resources/IdProviders/iam/issuer = https://iam.test
                Resources/IdProviders/iam/client_id = dirac
                Resources/IdProviders/iam/client_secret = credential:iam
                Resources/IdProviders/iam/scope = openid profile email
                """).orElseThrow();

        assertThat(provider.url()).isEqualTo(URI.create("https://iam.test"));
        assertThat(provider.clientSecret()).contains("iam");
        assertThat(provider.scope()).isEqualTo("openid profile email");
        assertThat(provider.groups(List.of("/demo"))).hasSize(1);
    }

    @Test
    void hasNoneWhereNoneIsGiven() {
        assertThat(provider("Registry/demo/IdP/URL =  ")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://iam.test",
                "http://127.0.0.1.evil.test",
                "http://localhost.evil.test",
                "ftp://iam.test",
                "https://user@iam.test",
                "https://iam.test/#x"
            })
    void refusesOtherAddressesEvenInDevelopment(String url) {
        String lines = BY_VO.replace("https://iam.test/", url) + "Registry/demo/IdP/AllowLoopbackHTTP = yes\n";

        assertThat(check(lines)).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Finding.Severity.ERROR);
            assertThat(finding.path()).isEqualTo("/Registry/demo/IdP/URL");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8080", "http://127.0.0.1:8080/realms/a", "http://[::1]:8080"})
    void allowsThisMachineWithoutTlsOnlyWhenAsked(String url) {
        String lines = BY_VO.replace("https://iam.test/", url);

        assertThat(check(lines)).hasSize(1);
        assertThat(check(lines + "Registry/demo/IdP/AllowLoopbackHTTP = yes\n")).isEmpty();
    }

    @Test
    void refusesOurClientAsAudience() {
        assertThat(check(BY_VO + "Registry/demo/IdP/Audience = api, dirac\n"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Finding.Severity.ERROR));
    }

    @Test
    void warnsOfRegistrationThatCannotBe() {
        assertThat(check(BY_VO.replace("IdPRole", "JobShare")))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("IdPRole"));
        assertThat(check("""
                Registry/demo/IdP/URL = https://iam.test/
                Registry/demo/IdP/ClientID = dirac
                Registry/demo/IdP/Registration = default-group
                """)).singleElement().satisfies(finding -> assertThat(finding.message())
                .contains("no default group"));
    }

    @Test
    void warnsOfAProviderThatIsMissing() {
        assertThat(check("Registry/VO/demo/IdProvider = nowhere"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING));
        assertThat(check("Registry/demo/IdP/URL = https://iam.test"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.path()).isEqualTo("/Registry/demo/IdP/ClientID"));
    }

    @Test
    void neverRepeatsASecret() {
        assertThatThrownBy(() -> provider(BY_VO + "Registry/demo/IdP/ClientSecret = hunter2\n"))
                .isInstanceOf(InvalidOption.class)
                .hasMessageContaining("credential:<alias>")
                .hasMessageNotContaining("hunter2");
    }
}
