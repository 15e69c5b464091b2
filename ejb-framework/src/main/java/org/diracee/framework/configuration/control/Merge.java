/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.control;

import java.util.List;

/** What comes of two people's edits of the same document. */
public sealed interface Merge {

    /** The edits go together. */
    record Merged(ConfigurationDocument document) implements Merge {}

    /** The edits exclude each other at these places, one at least. */
    record Conflicting(List<Conflict> conflicts) implements Merge {

        public Conflicting {
            conflicts = List.copyOf(conflicts);
        }
    }

    /**
     * Merges edits of different places, and equal edits of the same. An option, and a comment, is one place: the items of a list
     * are not merged. Who removes a section has looked at what it held: an edit inside it is a conflict.
     */
    static Merge of(ConfigurationDocument base, ConfigurationDocument theirs, ConfigurationDocument yours) {
        return ThreeWayMerge.of(base.root(), theirs.root(), yours.root());
    }
}
