/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.diracee.framework.fixture.Installation;
import org.diracee.framework.fixture.Together;
import org.diracee.framework.token.control.TokenKey;
import org.junit.jupiter.api.Test;

class SigningKeyStoreIT {

    private final Installation installation = Installation.configured();

    @Test
    void nodesThatStartTogetherMakeOneKey() throws InterruptedException {
        Callable<List<String>> node =
                () -> installation.keyStore.load().stream().map(TokenKey::kid).toList();

        List<Object> seen = Together.run(Collections.nCopies(8, node));

        assertThat(installation.database.value("select count(*) from framework.signing_key"))
                .isEqualTo("1");
        assertThat(seen).containsOnly(List.of(installation.database.value("select kid from framework.signing_key")));
    }

    @Test
    void namesItsKeysAsDiracxDoes() {
        assertThat(installation.keys.publicKeys()).singleElement().satisfies(key -> {
            assertThat(key)
                    .containsEntry("kty", "OKP")
                    .containsEntry("crv", "Ed25519")
                    .containsEntry("alg", "Ed25519")
                    .containsEntry("key_ops", List.of("sign", "verify"))
                    .doesNotContainKey("d");
            assertThat(key.get("kid")).asString().matches("[0-9a-f]{12}7[0-9a-f]{19}");
        });
    }
}
