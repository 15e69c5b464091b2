/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Optional;

/**
 * Changes the configuration: either by {@code edits} of single entries or by a whole {@code document}.
 *
 * @param base revision that the change was made on; changes that others made since are merged if they concern other
 *     entries. May be absent for edits: then they are applied to what is in force
 * @param message why, for the history
 * @param document text of the new document, in this {@code format}: {@code cfg} (default) or {@code yaml}
 * @param mode {@code replace} (default): the document takes the place of the present one; {@code merge}: its options are put
 *     over the present ones and nothing is removed
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record CommitConfiguration(
        Optional<Long> base,
        @NotNull String message,
        List<@NotNull @Valid ConfigurationEdit> edits,
        Optional<String> document,
        Optional<String> format,
        Optional<String> mode) {

    public CommitConfiguration {
        edits = edits == null ? List.of() : edits;
    }

    /** Changes single entries of what is in force. */
    public static CommitConfiguration ofEdits(String message, List<ConfigurationEdit> edits) {
        return new CommitConfiguration(
                Optional.empty(), message, List.copyOf(edits), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** A whole document, made on the revision {@code base}. */
    public static CommitConfiguration ofDocument(
            long base, String message, String document, String format, String mode) {
        return new CommitConfiguration(
                Optional.of(base), message, List.of(), Optional.of(document), Optional.of(format), Optional.of(mode));
    }
}
