/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.catalog.control;

import java.util.List;
import java.util.Optional;
import org.diracee.dms.catalog.boundary.Access;
import org.diracee.dms.catalog.boundary.AclEntry;
import org.diracee.dms.catalog.boundary.EffectiveAccess;
import org.diracee.dms.catalog.boundary.Ownership;
import org.diracee.dms.catalog.entity.DirectoryRow;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.Problem;
import org.diracee.kernel.value.Lfn;

/**
 * Who may do what, in the manner of POSIX: the owner's bits count for the owner; else an entry for the user; else those of the owner's
 * group and of entries for the caller's group together; else those of the others of the VO. Other VOs have what an entry gives them.
 * What another VO has and does not show looks as if it were not there.
 */
public record CatalogRights(CatalogActor actor) {

    private static final int OWNER = 6;
    private static final int GROUP = 3;

    /** Whether this is allowed; of what does not exist, whether it would be no secret that it does not. */
    public boolean allow(CatalogOperation operation, Found found) {
        if (actor.admin() && actor.isAtHome(found.lfn())) {
            return true;
        }
        return switch (operation.target()) {
            case ITSELF -> onItself(operation, found).orElse(true);
            case PARENT -> !found.exists() || onNearest(operation, found);
            case PARENT_OR_ITSELF ->
                onNearest(operation, found) && !isForeignArea(found.lfn())
                        || onItself(operation, found).orElse(false);
            case NEAREST_DIRECTORY -> actor.isAtHome(found.lfn()) && (onNearest(operation, found) || isOwnArea(found));
            case OWNER -> found.ownership().map(this::owns).orElse(true) && actor.isAtHome(found.lfn());
            case NOTHING -> !found.exists() && actor.isAtHome(found.lfn());
        };
    }

    /** The problem of one who may not, unless he may. */
    public Optional<Problem> refusal(CatalogOperation operation, Found found) {
        return allow(operation, found)
                ? Optional.empty()
                : Optional.of(new Problem(ErrorCode.FORBIDDEN, "Permission denied: " + found.lfn()));
    }

    /** What this person sees of a name: nothing if it is another VO's and the operation is not allowed. */
    public Found seen(CatalogOperation operation, Found found) {
        return actor.isAtHome(found.lfn()) || found.lfn().equals(Lfn.ROOT) || allow(operation, found)
                ? found
                : Found.nothing(found.lfn());
    }

    /** What this person may do with the path, or of one that there is not with the nearest directory above. */
    public EffectiveAccess access(Found found) {
        Lfn lfn = found.exists()
                ? found.lfn()
                : found.nearest().map(DirectoryRow::path).orElse(found.lfn());
        Optional<Ownership> ownership =
                found.ownership().or(() -> found.nearest().map(DirectoryRow::ownership));
        return new EffectiveAccess(
                permits(found.lfn(), lfn, ownership, Access.READ),
                permits(found.lfn(), lfn, ownership, Access.WRITE),
                permits(found.lfn(), lfn, ownership, Access.EXECUTE));
    }

    private boolean permits(Lfn asked, Lfn lfn, Optional<Ownership> ownership, Access access) {
        return actor.admin() && actor.isAtHome(asked)
                || ownership.map(known -> permits(lfn, known, access)).orElse(false);
    }

    private Optional<Boolean> onItself(CatalogOperation operation, Found found) {
        return found.ownership().map(ownership -> permits(found.lfn(), ownership, operation.access()));
    }

    private boolean onNearest(CatalogOperation operation, Found found) {
        return found.nearest()
                .map(directory -> permits(directory.path(), directory.ownership(), operation.access()))
                .orElse(found.lfn().equals(Lfn.ROOT) && operation.access() == Access.READ);
    }

    /** The root, which all VOs share, shows each its own directory only. */
    private boolean isForeignArea(Lfn lfn) {
        return !actor.isAtHome(lfn) && lfn.parent().equals(Optional.of(Lfn.ROOT));
    }

    /** Whether it is in the user's own area, which there is not yet. */
    private boolean isOwnArea(Found found) {
        Lfn area = actor.userArea();
        return area.holds(found.lfn())
                && found.nearest()
                        .map(directory -> !area.holds(directory.path()))
                        .orElse(false);
    }

    private boolean owns(Ownership ownership) {
        return ownership.owner().equals(actor.user().text());
    }

    boolean permits(Lfn lfn, Ownership ownership, Access access) {
        if (lfn.equals(Lfn.ROOT)) {
            return access == Access.READ;
        }
        boolean atHome = actor.isAtHome(lfn);
        if (atHome && owns(ownership)) {
            return access.in(ownership.mode() >> OWNER);
        }
        List<AclEntry> entries = ownership.acl().entries();
        Optional<AclEntry> ofUser = entries.stream()
                .filter(entry -> names(entry, AclEntry.Kind.USER, actor.user().text()))
                .findFirst();
        if (ofUser.isPresent()) {
            return access.in(ofUser.get().bits());
        }
        boolean inGroup = atHome && ownership.group().equals(actor.group().text());
        List<AclEntry> ofGroup = entries.stream()
                .filter(entry -> names(entry, AclEntry.Kind.GROUP, actor.group().text()))
                .toList();
        if (inGroup || !ofGroup.isEmpty()) {
            return inGroup && access.in(ownership.mode() >> GROUP)
                    || ofGroup.stream().anyMatch(entry -> access.in(entry.bits()));
        }
        return atHome
                ? access.in(ownership.mode())
                : entries.stream().anyMatch(entry -> names(entry, AclEntry.Kind.VO, "") && access.in(entry.bits()));
    }

    private boolean names(AclEntry entry, AclEntry.Kind kind, String name) {
        return entry.kind() == kind
                && entry.vo().equals(actor.vo())
                && entry.name().equals(name);
    }
}
