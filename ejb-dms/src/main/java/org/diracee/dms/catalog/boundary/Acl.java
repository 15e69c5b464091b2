/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.catalog.boundary;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.diracee.kernel.error.InvalidRequest;

/** An access list: what others than the owner, his group and his VO may do. */
public record Acl(List<AclEntry> entries) {

    public static final Acl NONE = new Acl(List.of());

    private static final int MOST = 32;

    /** @throws InvalidRequest if there are too many entries or two for the same */
    public Acl {
        entries = entries.stream()
                .sorted(Comparator.comparing(AclEntry::toString))
                .toList();
        if (entries.size() > MOST) {
            throw new InvalidRequest("An access list has " + entries.size() + " entries; at most " + MOST);
        }
        Set<AclEntry> named = new HashSet<>();
        for (AclEntry entry : entries) {
            if (!named.add(new AclEntry(entry.kind(), entry.vo(), entry.name(), 0))) {
                throw new InvalidRequest("An access list has two entries for the same: " + entry);
            }
        }
    }

    /** The list of these entries. */
    public static Acl of(List<String> entries) {
        return new Acl(entries.stream().map(AclEntry::parse).toList());
    }

    /** The same as text, one entry per line; equal lists have equal texts. */
    public String text() {
        return entries.stream().map(AclEntry::toString).collect(Collectors.joining("\n"));
    }
}
