/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.boundary;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.InvalidValue;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;

/**
 * Physical name of a sandbox: its owner's name space and the checksum of its content. The same content of the same owner
 * has the same name.
 *
 * @param sha256 64 lower-case hexadecimal digits
 * @see "DiracX REST reference 8"
 */
public record SandboxPfn(VoName vo, GroupName group, UserName user, String sha256, SandboxFormat format) {

    /** The storage element under which sandboxes are known. */
    public static final String SE_NAME = "SandboxSE";

    /** The bucket in which all sandboxes lie. */
    public static final String BUCKET = "sandboxes";

    private static final String KIND = "sandbox PFN";
    private static final String ALLOWED =
            "[SB:SandboxSE|]/S3/sandboxes/<vo>/<group>/<user>/sha256:<64 hexadecimal digits>.<tar.zst or tar.bz2>";
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern FORM = Pattern.compile("(?:SB:" + SE_NAME + "\\|)?/S3/" + BUCKET
            + "/([^/]{1,64})/([^/]{1,128})/([^/]{1,64})/sha256:([0-9a-f]{64})\\.(tar\\.zst|tar\\.bz2)");

    private static final Pattern REFERENCE = Pattern.compile("SB:" + SE_NAME + "\\|/S3/" + BUCKET
            + "/[A-Za-z0-9._-]+/[A-Za-z0-9._-]+/[A-Za-z0-9._@-]+/sha256:[0-9a-f]{64}\\.tar\\.(?:zst|bz2)");

    /** @throws InvalidValue unless the checksum is 64 lower-case hexadecimal digits */
    public SandboxPfn {
        if (!SHA256.matcher(sha256).matches()) {
            throw new InvalidValue("SHA-256 checksum", sha256, "64 lower-case hexadecimal digits");
        }
    }

    /**
     * Reads a PFN with or without the name of the storage element before it.
     *
     * @throws InvalidValue if the text has another form or names another storage element or bucket
     */
    public static SandboxPfn parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new InvalidValue(KIND, text, ALLOWED);
        }
        SandboxFormat format =
                SandboxFormat.ofWireName(parts.group(5)).orElseThrow(() -> new InvalidValue(KIND, text, ALLOWED));
        return new SandboxPfn(
                new VoName(parts.group(1)),
                new GroupName(parts.group(2)),
                new UserName(parts.group(3)),
                parts.group(4),
                format);
    }

    /** All that stand in texts with the storage element before them, each once. */
    public static Set<SandboxPfn> mentionedIn(Collection<String> texts) {
        Set<SandboxPfn> found = new LinkedHashSet<>();
        for (String text : texts) {
            Matcher reference = REFERENCE.matcher(text);
            while (reference.find()) {
                try {
                    found.add(parse(reference.group()));
                } catch (InvalidValue somethingElse) {
                    // a name like ours
                }
            }
        }
        return found;
    }

    /** The last part: checksum and format. */
    public String fileName() {
        return "sha256:" + sha256 + "." + format.wireName();
    }

    /** The reference that stands in a job description: the PFN behind the name of the storage element. */
    public String reference() {
        return "SB:" + SE_NAME + "|" + this;
    }

    /** The PFN without the name of the storage element. */
    @Override
    public String toString() {
        return "/S3/" + BUCKET + "/" + vo + "/" + group + "/" + user + "/" + fileName();
    }
}
