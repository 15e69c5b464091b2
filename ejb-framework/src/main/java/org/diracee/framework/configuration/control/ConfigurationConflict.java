/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.control;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.diracee.framework.configuration.boundary.Revision;
import org.diracee.framework.configuration.control.Conflict.State;
import org.diracee.framework.configuration.control.Conflict.Version;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.FieldError;

/** Somebody else has changed the same entries of the configuration meanwhile; the fields give both sides of each. */
public class ConfigurationConflict extends DiracException {

    private static final long serialVersionUID = 1L;

    /** @param lastChange finds the revision that last changed a path */
    public ConfigurationConflict(
            long base, long inForce, List<Conflict> conflicts, Function<String, Optional<Revision>> lastChange) {
        super(
                ErrorCode.CONFIGURATION_CONFLICT,
                "Since revision %d, on which your change is made, others have changed the same: %s. In force is revision %d."
                        .formatted(base, places(conflicts), inForce),
                conflicts.stream()
                        .map(conflict -> field(conflict, lastChange.apply(conflict.path())))
                        .toList());
    }

    /** A rollback whose writer has not seen the newest revision. */
    public ConfigurationConflict(long base, long inForce) {
        super(
                ErrorCode.CONFIGURATION_CONFLICT,
                "Your change is made on revision %d, but in force is revision %d. Look at what has changed since, and repeat."
                        .formatted(base, inForce),
                List.of());
    }

    private static String places(List<Conflict> conflicts) {
        int shown = 3;
        String places = String.join(
                ", ", conflicts.stream().limit(shown).map(Conflict::path).toList());
        return conflicts.size() <= shown ? places : places + " and " + (conflicts.size() - shown) + " more";
    }

    private static FieldError field(Conflict conflict, Optional<Revision> lastChange) {
        Map<String, String> values = new LinkedHashMap<>();
        put(values, "base", conflict.base());
        put(values, "theirs", conflict.theirs());
        put(values, "yours", conflict.yours());
        lastChange.ifPresent(revision -> {
            values.put("by", revision.author());
            values.put("revision", Long.toString(revision.number()));
        });
        return new FieldError(
                conflict.path(),
                "It was %s, in force is %s%s, you want %s"
                        .formatted(
                                words(conflict.base()),
                                words(conflict.theirs()),
                                lastChange
                                        .map(revision ->
                                                " (" + revision.author() + ", revision " + revision.number() + ")")
                                        .orElse(""),
                                words(conflict.yours())),
                values);
    }

    private static void put(Map<String, String> values, String role, Version version) {
        if (version.state() == State.OPTION || version.state() == State.COMMENT) {
            values.put(role, version.text());
        }
    }

    private static String words(Version version) {
        return switch (version.state()) {
            case ABSENT -> "absent";
            case OPTION -> "'" + version.text() + "'";
            case SECTION -> "a section";
            case COMMENT -> "the comment '" + version.text() + "'";
        };
    }
}
