/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.provider.boundary;

/** What becomes of a person whom the VO's provider knows and the registry does not. */
public enum Registration {
    /** Somebody has to register the person first. */
    REFUSE("refuse"),
    /** The person is registered in the VO's default group. */
    DEFAULT_GROUP("default-group"),
    /**
     * The person is registered in the groups that the provider's groups stand for, if there is one, and joins and leaves such groups at
     * each later log-in.
     */
    GROUP_CLAIM("group-claim");

    private final String text;

    Registration(String text) {
        this.text = text;
    }

    /** As the configuration spells it. */
    public String text() {
        return text;
    }

    /** @throws IllegalArgumentException if it is none */
    public static Registration of(String text) {
        for (Registration registration : values()) {
            if (registration.text.equals(text)) {
                return registration;
            }
        }
        throw new IllegalArgumentException(text);
    }
}
