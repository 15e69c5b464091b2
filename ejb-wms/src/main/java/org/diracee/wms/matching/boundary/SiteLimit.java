/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.matching.boundary;

import java.time.Instant;
import java.util.Optional;
import org.diracee.wms.taskqueue.boundary.QueueField;

/**
 * What keeps a site from getting jobs of a kind for now, or may.
 *
 * @param ce the computing element that it holds for; absent: the whole site
 * @param most how many such jobs may be there; absent for a delay between two of them
 * @param left how many more the site gets now; 0 if it is reached
 * @param until when the delay ends that is running
 */
public record SiteLimit(
        QueueField field,
        String value,
        Optional<String> ce,
        Optional<Integer> most,
        int left,
        Optional<Instant> until) {}
