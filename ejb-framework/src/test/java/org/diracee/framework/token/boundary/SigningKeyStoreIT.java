/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.diracee.framework.fixture.Installation;
import org.diracee.framework.fixture.Together;
import org.diracee.framework.sealing.boundary.SealBroken;
import org.diracee.framework.sealing.boundary.Sealing;
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

    @Test
    void keepsPrivatePartsSealed() {
        String kid = installation.keyStore.load().get(0).kid();

        assertThat(installation.database.value("select private_jwk from framework.signing_key"))
                .startsWith("sealed:")
                .doesNotContain("OKP");
        assertThat(installation.keyStore.load()).extracting(TokenKey::kid).containsExactly(kid);
    }

    @Test
    void sealsTheKeysOfFormerVersionsAndTheyGoOnSigning() throws InterruptedException {
        installation.database.sql("""
                insert into framework.signing_key (kid, algorithm, private_jwk, signing, created, activated)
                values ('k1', 'Ed25519', '%s', true, now(), now())""".formatted(TokenKey.generate("k1")));

        List<Object> seen = Together.run(Collections.nCopies(
                4,
                () -> installation.keyStore.load().stream().map(TokenKey::kid).toList()));

        assertThat(seen).containsOnly(List.of("k1"));
        assertThat(installation.database.value("select private_jwk from framework.signing_key"))
                .startsWith("sealed:");
        TokenPair tokens = installation.issuer.userTokens("a-1", Scope.parse("vo:demo", installation.registry));
        assertThat(installation.verification.verify(tokens.access().text())).isNotNull();
    }

    @Test
    void aNodeWithAnotherSealingKeyReadsNone() {
        installation.keyStore.load();
        SigningKeyStore stranger = installation.keyStore(new Sealing(Installation::newSealingKey));

        assertThatThrownBy(stranger::load).hasMessageContaining("All nodes of an installation need the same");
    }

    @Test
    void aKeyPutInPlaceOfAnotherIsNotRead() {
        installation.keyStore.load();
        installation.database.sql("update framework.signing_key set kid = 'another'");

        assertThatThrownBy(installation.keyStore::load)
                .isInstanceOf(SealBroken.class)
                .hasMessageContaining("signing_key/another");
    }
}
