/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.ban.boundary;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.diracee.kernel.error.InvalidRequest;

/** What can be banned. */
public enum BannedKind {
    SITE("site", "site"),
    COMPUTING_ELEMENT("ce", "computing element");

    private final String wireName;
    private final String words;

    BannedKind(String wireName, String words) {
        this.wireName = wireName;
        this.words = words;
    }

    public String wireName() {
        return wireName;
    }

    /** How people call it. */
    public String words() {
        return words;
    }

    /** @throws InvalidRequest if there is no such kind */
    public static BannedKind named(String text) {
        return Arrays.stream(values())
                .filter(kind -> kind.wireName.equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidRequest("kind: '" + text + "' cannot be banned; what can is "
                        + Arrays.stream(values()).map(BannedKind::wireName).collect(Collectors.joining(", "))));
    }
}
