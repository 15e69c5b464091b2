/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.explanation.boundary;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All resources that are known, and whether they could take a job now.
 *
 * @param all those that could first, then those that fit, then the others with the fewest unmet requirements first
 */
public record ResourceChecks(List<ResourceCheck> all) {

    private static final Comparator<ResourceCheck> BEST_FIRST = Comparator.comparing(ResourceCheck::takes)
            .reversed()
            .thenComparing(check -> check.unmet().size())
            .thenComparing(check -> check.lastSeen().orElse(Instant.EPOCH), Comparator.reverseOrder());

    public ResourceChecks {
        all = all.stream().sorted(BEST_FIRST).toList();
    }

    /** How many meet all requirements. */
    public long fitting() {
        return all.stream().filter(ResourceCheck::fits).count();
    }

    /** How many could take the job now. */
    public long taking() {
        return all.stream().filter(ResourceCheck::takes).count();
    }

    /** When a pilot that could take the job asked last. */
    public Optional<Instant> takerSeen() {
        return all.stream()
                .filter(ResourceCheck::takes)
                .flatMap(check -> check.lastSeen().stream())
                .max(Comparator.naturalOrder());
    }
}
