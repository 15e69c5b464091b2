/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.control;

import java.util.List;
import org.diracee.framework.configuration.boundary.Proposal;
import org.diracee.framework.configuration.boundary.Proposal.Edit;
import org.diracee.framework.configuration.boundary.Proposal.Edits;
import org.diracee.framework.configuration.boundary.Proposal.Overlay;
import org.diracee.framework.configuration.boundary.Proposal.Replacement;
import org.diracee.framework.configuration.boundary.TextFormat;

/**
 * What a proposal makes of the document that it was made on.
 *
 * @param notes what was done to its text to make it fit
 */
public record Proposed(ConfigurationDocument document, List<String> notes) {

    /** @throws InvalidConfiguration if the text is no document, or an edit is not possible */
    public static Proposed of(Proposal.Content content, ConfigurationDocument base) {
        if (content instanceof Edits edits) {
            return new Proposed(edited(base, edits.edits()), List.of());
        }
        if (content instanceof Overlay overlay) {
            Proposed read = read(overlay.text(), overlay.format());
            return new Proposed(base.merged(read.document()), read.notes());
        }
        Replacement replacement = (Replacement) content;
        return read(replacement.text(), replacement.format());
    }

    private static Proposed read(String text, TextFormat format) {
        ConfigurationDocument document =
                switch (format) {
                    case CFG -> CfgReader.read(text);
                    case YAML -> YamlReader.read(text);
                };
        LegacySetups.Result collapsed = LegacySetups.collapse(document);
        return new Proposed(collapsed.document(), collapsed.notes());
    }

    private static ConfigurationDocument edited(ConfigurationDocument base, List<Edit> edits) {
        ConfigurationEditor editor = base.edit();
        for (Edit edit : edits) {
            switch (edit.action()) {
                case SET -> editor.set(edit.path(), edit.value());
                case SECTION -> editor.section(edit.path());
                case COMMENT -> editor.comment(edit.path(), edit.value());
                case REMOVE -> {
                    ConfigurationPath path = ConfigurationPath.of(edit.path());
                    if (path.isRoot()) {
                        throw new InvalidConfiguration("the whole document cannot be removed, only replaced");
                    }
                    if (editor.standing(path) == null) {
                        throw new InvalidConfiguration(path + ": there is no such section or option to remove");
                    }
                    editor.remove(edit.path());
                }
            }
        }
        return editor.document();
    }
}
