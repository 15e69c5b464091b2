/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.configuration;

import java.util.List;
import java.util.Optional;
import org.diracee.client.wire.BlamedOption;
import org.diracee.client.wire.CommitConfiguration;
import org.diracee.client.wire.CommittedConfiguration;
import org.diracee.client.wire.ConfigurationChange;
import org.diracee.client.wire.ConfigurationEdit;
import org.diracee.client.wire.ConfigurationOption;
import org.diracee.client.wire.ConfigurationRevision;
import org.diracee.client.wire.ConfigurationText;
import org.diracee.client.wire.ConfigurationWarning;
import org.diracee.framework.configuration.boundary.Change;
import org.diracee.framework.configuration.boundary.CommitOutcome;
import org.diracee.framework.configuration.boundary.ConfigurationHistory;
import org.diracee.framework.configuration.boundary.ConfigurationReading;
import org.diracee.framework.configuration.boundary.Proposal;
import org.diracee.framework.configuration.boundary.Revision;
import org.diracee.framework.configuration.boundary.TextFormat;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.error.FieldError;
import org.diracee.kernel.error.MalformedRequest;

/** Translates between the configuration's records and what goes over the wire. */
public final class ConfigurationRecords {

    private ConfigurationRecords() {}

    static Proposal proposal(CommitConfiguration request) {
        return new Proposal(request.base(), request.message(), content(request));
    }

    private static Proposal.Content content(CommitConfiguration request) {
        if (request.document().isPresent() != request.edits().isEmpty()) {
            throw malformed("document", "either edits or a document are to be given");
        }
        if (request.document().isEmpty()) {
            return new Proposal.Edits(
                    request.edits().stream().map(ConfigurationRecords::edit).toList());
        }
        TextFormat format = format(request.format().orElse("cfg"));
        return switch (request.mode().orElse("replace")) {
            case "replace" -> new Proposal.Replacement(request.document().get(), format);
            case "merge" -> new Proposal.Overlay(request.document().get(), format);
            default ->
                throw malformed("mode", "'" + request.mode().get() + "' is not known: allowed are replace and merge");
        };
    }

    private static Proposal.Edit edit(ConfigurationEdit edit) {
        boolean needsValue =
                edit.action() == ConfigurationEdit.Action.SET || edit.action() == ConfigurationEdit.Action.COMMENT;
        if (needsValue && edit.value().isEmpty()) {
            throw malformed("edits.value", "the edit of " + edit.path() + " needs a value");
        }
        Proposal.Action action =
                switch (edit.action()) {
                    case SET -> Proposal.Action.SET;
                    case REMOVE -> Proposal.Action.REMOVE;
                    case SECTION -> Proposal.Action.SECTION;
                    case COMMENT -> Proposal.Action.COMMENT;
                };
        return new Proposal.Edit(action, edit.path(), edit.value().orElse(""));
    }

    static TextFormat format(String name) {
        return switch (name) {
            case "cfg" -> TextFormat.CFG;
            case "yaml" -> TextFormat.YAML;
            default -> throw malformed("format", "'" + name + "' is not known: allowed are cfg and yaml");
        };
    }

    private static MalformedRequest malformed(String field, String message) {
        return new MalformedRequest(field + ": " + message, List.of(new FieldError(field, message)));
    }

    public static CommittedConfiguration committed(CommitOutcome outcome) {
        return new CommittedConfiguration(
                outcome.revision().map(ConfigurationRecords::revision),
                changes(outcome.changes()),
                outcome.warnings().stream()
                        .map(warning -> new ConfigurationWarning(warning.path(), warning.message()))
                        .toList(),
                outcome.notes());
    }

    static ConfigurationRevision revision(Revision revision) {
        return new ConfigurationRevision(
                revision.number(),
                revision.hash(),
                revision.author(),
                revision.subject(),
                revision.origin(),
                revision.message(),
                revision.created());
    }

    static List<ConfigurationChange> changes(List<Change> changes) {
        return changes.stream().map(ConfigurationRecords::change).toList();
    }

    private static ConfigurationChange change(Change change) {
        boolean hasTexts = change.subject() == Change.Subject.OPTION || change.kind() == Change.Kind.COMMENT;
        return new ConfigurationChange(
                change.path(),
                switch (change.kind()) {
                    case ADDED -> ConfigurationChange.Kind.ADDED;
                    case REMOVED -> ConfigurationChange.Kind.REMOVED;
                    case CHANGED -> ConfigurationChange.Kind.CHANGED;
                    case COMMENT -> ConfigurationChange.Kind.COMMENT;
                },
                Optional.of(change.before()).filter(text -> hasTexts && change.kind() != Change.Kind.ADDED),
                Optional.of(change.after()).filter(text -> hasTexts && change.kind() != Change.Kind.REMOVED));
    }

    static ConfigurationText text(ConfigurationReading.ConfigurationText text) {
        return new ConfigurationText(
                text.revision().number(),
                text.revision().hash(),
                text.path(),
                switch (text.format()) {
                    case CFG -> "cfg";
                    case YAML -> "yaml";
                },
                text.text());
    }

    static ConfigurationOption option(ConfigurationReading.EffectiveOption option, Optional<Revision> lastChange) {
        return new ConfigurationOption(
                option.path(),
                option.value(),
                option.source(),
                option.declaration().map(ConfigurationRecords::declaration),
                lastChange.map(ConfigurationRecords::revision));
    }

    private static ConfigurationOption.Declaration declaration(DeclaredOption<?> option) {
        String unit = option.type().unit();
        return new ConfigurationOption.Declaration(
                "/" + option.path().pattern(),
                option.type().allowed() + (unit.isEmpty() ? "" : " (" + unit + ")"),
                option.standard(),
                option.meaning());
    }

    static BlamedOption blamed(ConfigurationHistory.Blame blame) {
        return new BlamedOption(blame.path(), blame.value(), revision(blame.revision()));
    }
}
