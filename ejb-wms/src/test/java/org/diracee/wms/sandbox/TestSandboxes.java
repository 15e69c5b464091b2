/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.sandbox.boundary.SandboxFormat;
import org.diracee.wms.sandbox.boundary.SandboxPfn;

/** Sandboxes for tests; what is in them does not matter to the store. */
public final class TestSandboxes {

    private TestSandboxes() {}

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static SandboxPfn pfn(String vo, String user, byte[] content) {
        return new SandboxPfn(
                new VoName(vo), new GroupName("users"), new UserName(user), sha256(content), SandboxFormat.TAR_ZST);
    }

    /** A configuration with these options of the store. */
    public static Map<String, ?> store(Map<String, ?> options) {
        return Map.of("Systems", Map.of("WorkloadManagement", Map.of("Services", Map.of("SandboxStore", options))));
    }
}
