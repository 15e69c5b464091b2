/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.diracee.kernel.value.InvalidValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxPfnTest {

    private static final String SHA256 = "0123456789abcdef".repeat(4);
    private static final String PFN = "/S3/sandboxes/demo/demo_user/alice/sha256:" + SHA256 + ".tar.zst";

    @Test
    void isWrittenAsItWasRead() {
        SandboxPfn pfn = SandboxPfn.parse(PFN);
        assertThat(pfn).hasToString(PFN);
        assertThat(pfn.reference()).isEqualTo("SB:SandboxSE|" + PFN);
        assertThat(SandboxPfn.parse(pfn.reference())).isEqualTo(pfn);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SB:OtherSE|/S3/sandboxes/demo/g/alice/sha256:%s.tar.zst",
                "/S3/other/demo/g/alice/sha256:%s.tar.zst",
                "/S3/sandboxes/demo/g/alice/sha256:%s.tar.gz",
                "/S3/sandboxes/demo/g/alice/sha256:%sa.tar.zst",
                "/S3/sandboxes/demo/g/alice/md5:%s.tar.zst",
                "/S3/sandboxes/demo/g/alice/x/sha256:%s.tar.zst",
                "/S3/sandboxes/demo/../alice/sha256:%s.tar.zst",
                "/S3/sandboxes/./g/alice/sha256:%s.tar.zst",
                "/S3/sandboxes/demo/g/.hidden/sha256:%s.tar.zst",
                "/S3/sandboxes/demo/g/al\0ice/sha256:%s.tar.zst",
                "/S3/sandboxes/demo/g/alice/sha256:%s.tar.zst\n"
            })
    void refusesWhatLeadsElsewhere(String form) {
        assertThatThrownBy(() -> SandboxPfn.parse(form.formatted(SHA256))).isInstanceOf(InvalidValue.class);
    }

    @Test
    void refusesAChecksumInCapitals() {
        assertThatThrownBy(() -> SandboxPfn.parse(PFN.replace("abcdef", "ABCDEF")))
                .isInstanceOf(InvalidValue.class);
    }
}
