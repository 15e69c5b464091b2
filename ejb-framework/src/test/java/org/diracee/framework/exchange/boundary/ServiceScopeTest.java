/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.exchange.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.InvalidRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceScopeTest {

    @ParameterizedTest
    @CsvSource({
        "storage.read:/demo/user, storage.read:/demo/user, true",
        "storage.read:/demo/user/, storage.read:/demo/user, true",
        "storage.read:/demo/user, storage.read:/demo/user/a/alice/x.root, true",
        "storage.read:/, storage.read:/demo, true",
        "storage.read:/demo/user, storage.read:/demo/user2, false",
        "storage.read:/demo/user, storage.read:/demo, false",
        "storage.read:/demo/user/a, storage.read:/, false",
        "storage.read:/demo/user, storage.create:/demo/user, false",
        "storage.modify:/demo/user, storage.create:/demo/user, false",
        "storage.read:/demo/user, storage.read:/Demo/user, false",
        "compute.create, compute.create, true",
        "compute.create, compute.cancel, false",
        "storage.read:/, compute.read, false",
    })
    void coversWhatLiesBelowAndNothingBeside(String allowed, String asked, boolean covers) {
        assertThat(ServiceScope.parse(allowed).covers(ServiceScope.parse(asked)))
                .isEqualTo(covers);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "storage.read:/demo/../other",
                "storage.read:/demo/..",
                "storage.read:/./demo",
                "storage.read://demo",
                "storage.read:/demo//user",
                "storage.read:/demo/%2e%2e/other",
                "storage.read:/demo%2fuser",
                "storage.read:/demo\\..\\other",
                "storage.read:/demo?x=1",
                "storage.read:/demo;x",
                "storage.read:/demo/\u0000",
                "storage.read:/d\u00e9mo",
                "storage.read:demo",
                "storage.read:",
                "storage.read",
                "storage.write:/demo",
                "storage.read/:/demo",
                "STORAGE.READ:/demo",
                "compute.create:/demo",
                "compute.all",
                "openid",
                "offline_access",
                "wlcg.groups",
                "group:demo_admin",
                "property:JobAdministrator",
            })
    void takesNoWordThatCouldMeanMore(String word) {
        assertThatThrownBy(() -> ServiceScope.parse(word)).isInstanceOfSatisfying(InvalidRequest.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_SCOPE);
            assertThat(refusal.detail()).startsWith("Invalid scope: '" + word + "'");
        });
    }

    @Test
    void takesWrittenBytesOfOurOwnCodeAlone() {
        String word = "storage.read:/demo/a%20b/%C3%BC%25";
        assertThat(ServiceScope.text(ServiceScope.parseOurs(word))).isEqualTo(word);
        assertThatThrownBy(() -> ServiceScope.parseAll(word)).isInstanceOf(InvalidRequest.class);
        for (String bad : List.of("%2E%2E", "%2F", "%5C", "%00", "%c3", "%", "%2", "..", "a b?")) {
            assertThatThrownBy(() -> ServiceScope.parseOurs("storage.read:/demo/" + bad))
                    .isInstanceOf(InvalidRequest.class);
        }
    }

    @Test
    void writesWordsInTheirNormalForm() {
        assertThat(ServiceScope.text(
                        ServiceScope.parseAll("  storage.read:/demo/   compute.create storage.read:/demo ")))
                .isEqualTo("storage.read:/demo compute.create");
        assertThatThrownBy(() -> ServiceScope.parseAll("  ")).hasMessageContaining("1 to 50 words");
    }
}
