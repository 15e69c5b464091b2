/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.suspension.boundary;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.Dn;

/**
 * Who or what is suspended.
 *
 * @param vo empty for kinds that belong to no VO; of a VO the VO itself
 * @param name of a certificate its distinguished name as {@link Dn} spells it
 */
public record SuspensionTarget(SuspendedKind kind, String vo, String name) {

    private static final int LONGEST = Dn.LONGEST;

    /**
     * @throws InvalidRequest if nothing can be called so
     * @throws org.diracee.kernel.value.InvalidValue if a certificate cannot be called so
     */
    public SuspensionTarget {
        if (name.isBlank() || name.length() > LONGEST || name.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidRequest("name: 1 to " + LONGEST + " printable characters are allowed");
        }
        name = kind == SuspendedKind.DN ? new Dn(name).text() : name;
        vo = kind == SuspendedKind.VO ? name : kind.isOfVo() ? vo : "";
    }

    /** @throws InvalidRequest if there is no such kind */
    public static SuspendedKind kind(String text) {
        return SuspendedKind.ofWireName(text)
                .orElseThrow(() -> new InvalidRequest("kind: '" + text + "' cannot be suspended; what can is "
                        + Arrays.stream(SuspendedKind.values())
                                .map(SuspendedKind::wireName)
                                .collect(Collectors.joining(", "))));
    }

    /** How people call it. */
    public String text() {
        return switch (kind) {
            case USER -> "the user " + name + " of the VO " + vo;
            case SUBJECT -> "the subject " + name + " of the VO " + vo;
            case DN -> "the certificate " + name;
            case VO -> "the VO " + name;
            case SITE -> "the site " + name;
            case PILOT -> "the pilot " + name;
        };
    }
}
