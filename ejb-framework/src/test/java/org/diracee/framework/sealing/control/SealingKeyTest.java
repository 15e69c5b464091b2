/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.sealing.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.diracee.framework.fixture.Installation;
import org.junit.jupiter.api.Test;

class SealingKeyTest {

    private static final String SECRET = "{\"d\":\"§ nobody's business\"}";

    private final SecretKey secretKey = Installation.newSealingKey();
    private final SealingKey key = new SealingKey(secretKey);

    @Test
    void opensWhatItSealed() {
        String sealed = key.seal(SECRET, "signing_key/1");

        assertThat(sealed).startsWith("sealed:" + key.id() + ":").doesNotContain("nobody");
        assertThat(SealingKey.isSealed(sealed)).isTrue();
        assertThat(new SealingKey(secretKey).open(sealed, "signing_key/1")).contains(SECRET);
    }

    @Test
    void sealsTheSameDifferentlyEachTime() {
        assertThat(key.seal(SECRET, "a")).isNotEqualTo(key.seal(SECRET, "a"));
    }

    @Test
    void opensNothingThatWasMovedOrChanged() {
        String sealed = key.seal(SECRET, "signing_key/1");
        int data = sealed.lastIndexOf(':') + 1;
        byte[] bytes = Base64.getDecoder().decode(sealed.substring(data));

        assertThat(key.open(sealed, "signing_key/2")).isEmpty();
        for (int at = 0; at < bytes.length; at++) {
            byte[] changed = bytes.clone();
            changed[at] ^= 1;
            assertThat(key.open(
                            sealed.substring(0, data) + Base64.getEncoder().encodeToString(changed), "signing_key/1"))
                    .isEmpty();
        }
        for (String broken : new String[] {
            SECRET,
            "",
            "sealed:",
            "sealed:" + key.id() + ":",
            sealed.substring(0, data + 8),
            sealed + "%",
            sealed + ":x"
        }) {
            assertThat(key.open(broken, "signing_key/1")).as(broken).isEmpty();
        }
    }

    @Test
    void saysWhichKeyIsMissingAndWhatToDo() {
        SealingKey another = new SealingKey(Installation.newSealingKey());

        assertThatThrownBy(() -> another.open(key.seal(SECRET, "a"), "a"))
                .isInstanceOf(UnusableSealingKey.class)
                .hasMessageContaining("sealed with the key " + key.id())
                .hasMessageContaining("holds the key " + another.id())
                .hasMessageContaining("put sealing.cs of another node, or of the backup, into DIRAC_SECRETS_DIR");
    }

    @Test
    void takesNoWeakerKey() {
        assertThatThrownBy(() -> new SealingKey(new SecretKeySpec(new byte[16], "AES")))
                .isInstanceOf(UnusableSealingKey.class)
                .hasMessageContaining("256 bits");
    }

    @Test
    void neverShowsItself() {
        assertThat(key).hasToString("sealing key " + key.id());
    }
}
