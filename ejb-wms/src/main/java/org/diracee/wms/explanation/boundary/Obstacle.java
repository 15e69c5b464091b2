/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.explanation.boundary;

/**
 * What keeps a job from a resource that fits it.
 *
 * @param text one sentence without a full stop
 */
public record Obstacle(Kind kind, String text) {

    /** What it is. */
    public enum Kind {
        /** Nothing is to run at the site for this VO. */
        SUSPENDED,
        /** Site or computing element get no jobs for a while. */
        BANNED,
        /** The owner's jobs are held. */
        HELD,
        /** The owner, the group or the VO has as many jobs with pilots as it may. */
        QUOTA,
        /** The site has as many such jobs as it may. */
        LIMIT,
        /** The site gets no such job before a time. */
        DELAY,
        /** The resource is described in a way that matches nothing. */
        BROKEN
    }
}
