/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.catalog.control;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.Problem;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.SeName;

/** One call of one person to the catalogue of his VO. */
public record Visit(int catalog, CatalogRights rights, CatalogSettings settings, Instant now) {

    public CatalogActor actor() {
        return rights.actor();
    }

    /** Why no file can have this name in the VO, if it cannot. */
    public Optional<Problem> wrongName(Lfn lfn) {
        Lfn area = actor().voArea();
        if (!area.holds(lfn) || area.equals(lfn)) {
            return Optional.of(new Problem(
                    ErrorCode.FORBIDDEN, "Permission denied: " + lfn + " does not begin with " + area + "/"));
        }
        return settings.lfnPattern(actor().vo())
                .filter(pattern -> !pattern.matcher(lfn.text()).matches())
                .map(pattern -> new Problem(
                        ErrorCode.INVALID_REQUEST,
                        lfn + " is no LFN of " + actor().vo() + ": allowed is what matches " + pattern));
    }

    /** Why no replica of the file can be at one of these storage elements, if it cannot. */
    public Optional<Problem> wrongPlace(Lfn lfn, Collection<SeName> ses) {
        return ses.stream()
                .filter(se -> !settings.allowsReplicasAt(actor().vo(), se))
                .findFirst()
                .map(se -> new Problem(
                        ErrorCode.INVALID_REQUEST,
                        "There is no storage element " + se + " for " + lfn
                                + ": allowed are those of Resources/StorageElements"));
    }

    /** The problem of what there is not; clients know it by this text. */
    public static Problem notFound(Lfn lfn) {
        return new Problem(ErrorCode.NOT_FOUND, "No such file or directory: " + lfn);
    }

    /** The problem of what its state does not allow. */
    public static Problem conflict(String detail) {
        return new Problem(ErrorCode.CONFLICT, detail);
    }
}
