/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.suspension.control;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.diracee.framework.suspension.boundary.SuspendedKind;
import org.diracee.framework.suspension.boundary.Suspension;
import org.diracee.framework.suspension.boundary.SuspensionTarget;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.InvalidValue;

/**
 * All suspensions of one moment, to be asked for every request.
 *
 * @param all the suspensions themselves
 * @param targets what they are of
 * @param pilots stamps of the pilots at suspended sites, with their site unknown
 */
public record ShutOut(List<Suspension> all, Set<SuspensionTarget> targets, Set<String> pilots) {

    public ShutOut {
        all = List.copyOf(all);
        targets = Set.copyOf(targets);
        pilots = Set.copyOf(pilots);
    }

    public static ShutOut of(Collection<Suspension> suspensions, Set<String> pilots) {
        return new ShutOut(
                List.copyOf(suspensions),
                suspensions.stream().map(Suspension::target).collect(Collectors.toSet()),
                pilots);
    }

    public boolean isEmpty() {
        return targets.isEmpty();
    }

    /** The suspended sites. */
    public Set<String> sites() {
        return names(SuspendedKind.SITE, "");
    }

    /** The names of this kind in the VO that are suspended. */
    public Set<String> names(SuspendedKind kind, String vo) {
        Set<String> names = new HashSet<>();
        for (SuspensionTarget target : targets) {
            if (target.kind() == kind && target.vo().equals(vo)) {
                names.add(target.name());
            }
        }
        return names;
    }

    public boolean has(SuspendedKind kind) {
        return targets.stream().anyMatch(target -> target.kind() == kind);
    }

    /** The suspension of this, if it is suspended. */
    public Optional<SuspensionTarget> find(SuspendedKind kind, String vo, String name) {
        if (targets.isEmpty() || name.isEmpty()) {
            return Optional.empty();
        }
        return suspendable(kind, vo, name).filter(targets::contains);
    }

    /** What cannot be suspended is not, and its requests go on. */
    private static Optional<SuspensionTarget> suspendable(SuspendedKind kind, String vo, String name) {
        try {
            return Optional.of(new SuspensionTarget(kind, vo, name));
        } catch (InvalidRequest | InvalidValue noSuchName) {
            return Optional.empty();
        }
    }
}
