/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.ban.boundary;

import java.util.Locale;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.SiteName;

/**
 * A site or computing element that gets no jobs.
 *
 * @param name of a computing element as pilots say it, its host
 */
public record BanTarget(BannedKind kind, String name) {

    private static final int LONGEST = 255;

    /**
     * @throws InvalidRequest if no computing element can be called so
     * @throws org.diracee.kernel.value.InvalidValue if no site can be called so
     */
    public BanTarget {
        name = kind == BannedKind.SITE ? new SiteName(name).text() : name.toLowerCase(Locale.ROOT);
        if (name.isBlank() || name.length() > LONGEST || name.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidRequest("name: 1 to " + LONGEST + " printable characters are allowed");
        }
    }

    /** How people call it. */
    public String text() {
        return "the " + kind.words() + " " + name;
    }
}
