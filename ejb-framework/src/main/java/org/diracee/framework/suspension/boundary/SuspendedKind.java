/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.suspension.boundary;

import java.util.Arrays;
import java.util.Optional;

/** What can be suspended. */
public enum SuspendedKind {
    /** A user of a VO, by name. */
    USER("user"),
    /** A user of a VO, by the id that its provider gives; it need not be registered yet. */
    SUBJECT("subject"),
    /** A certificate, all proxies made with it, and every user registered with it. */
    DN("dn"),
    /** A VO with all its users, jobs and pilots. */
    VO("vo"),
    /** A site with all pilots there and the jobs that they run. */
    SITE("site"),
    /** A pilot and the jobs that it runs, by stamp. */
    PILOT("pilot");

    private final String wireName;

    SuspendedKind(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    /** Whether what it names belongs to a VO. */
    public boolean isOfVo() {
        return this != DN && this != SITE;
    }

    public static Optional<SuspendedKind> ofWireName(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.wireName.equals(name))
                .findFirst();
    }
}
