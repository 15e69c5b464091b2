/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.diracee.framework.fixture.Installation;
import org.diracee.framework.fixture.Together;
import org.diracee.framework.sealing.boundary.SealBroken;
import org.diracee.framework.sealing.boundary.Sealing;
import org.diracee.framework.token.control.SigningAlgorithm;
import org.diracee.framework.token.control.TokenKey;
import org.junit.jupiter.api.Test;

class SigningKeyStoreIT {

    private final Installation installation = Installation.configured();

    @Test
    void nodesThatStartTogetherMakeOneKeyOfEachKind() throws InterruptedException {
        Callable<List<String>> node =
                () -> installation.keyStore.load().stream().map(TokenKey::kid).toList();

        List<Object> seen = Together.run(Collections.nCopies(8, node));

        assertThat(installation.database.value("select count(*) from framework.signing_key"))
                .isEqualTo("3");
        assertThat(seen).hasSize(8);
        assertThat(Set.copyOf(seen)).hasSize(1);
    }

    @Test
    void namesItsKeysAsDiracxDoes() {
        assertThat(installation.keys.publicKeys()).first().satisfies(key -> {
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
    void publishesKeysThatStorageAndComputingElementsCanUse() {
        assertThat(installation.keys.publicKeys()).hasSize(3);
        assertThat(installation.keys.publicKeys().get(1))
                .containsEntry("kty", "EC")
                .containsEntry("crv", "P-256")
                .containsEntry("alg", "ES256")
                .doesNotContainKey("d");
        assertThat(installation.keys.publicKeys().get(2))
                .containsEntry("kty", "RSA")
                .containsEntry("alg", "RS256")
                .doesNotContainKeys("d", "p", "q");
    }

    @Test
    void keepsPrivatePartsSealed() {
        List<String> kids =
                installation.keyStore.load().stream().map(TokenKey::kid).toList();

        assertThat(installation.database.value("select string_agg(private_jwk, ' ') from framework.signing_key"))
                .matches("sealed:\\S+ sealed:\\S+ sealed:\\S+")
                .doesNotContain("OKP");
        assertThat(installation.keyStore.load()).extracting(TokenKey::kid).isEqualTo(kids);
    }

    @Test
    void sealsTheKeysOfFormerVersionsAndTheyGoOnSigning() throws InterruptedException {
        installation.database.sql("""
                insert into framework.signing_key (kid, algorithm, private_jwk, signing, created, activated)
                values ('k1', 'Ed25519', '%s', true, now(), now())""".formatted(TokenKey.generate(SigningAlgorithm.ED25519, "k1")));

        List<Object> seen = Together.run(Collections.nCopies(
                4,
                () -> installation.keyStore.load().stream().map(TokenKey::kid).toList()));

        assertThat(Set.copyOf(seen))
                .singleElement()
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .contains("k1");
        assertThat(installation.database.value("select private_jwk from framework.signing_key where kid = 'k1'"))
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
        installation.database.sql("update framework.signing_key set kid = 'another' where algorithm = 'ES256'");

        assertThatThrownBy(installation.keyStore::load)
                .isInstanceOf(SealBroken.class)
                .hasMessageContaining("signing_key/another");
    }
}
