/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotNull;
import java.util.Optional;

/**
 * One edit of the configuration.
 *
 * @param path as in {@code /Operations/Defaults/JobScheduling/MaxRescheduling}
 * @param value the option's new value, or the comment's new text; absent for {@code remove} and {@code section}
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ConfigurationEdit(
        @NotNull Action action, @NotNull String path, Optional<String> value) {

    /** What is done at the path. */
    public enum Action {
        /** Gives an option a value; it and its sections are made if need be. */
        @JsonProperty("set")
        SET,
        /** Takes out an option, or a section with all in it. */
        @JsonProperty("remove")
        REMOVE,
        /** Makes an empty section if there is none. */
        @JsonProperty("section")
        SECTION,
        /** Replaces the comment before an option or section; an empty text takes it out. */
        @JsonProperty("comment")
        COMMENT
    }

    public static ConfigurationEdit set(String path, String value) {
        return new ConfigurationEdit(Action.SET, path, Optional.of(value));
    }

    public static ConfigurationEdit remove(String path) {
        return new ConfigurationEdit(Action.REMOVE, path, Optional.empty());
    }

    public static ConfigurationEdit comment(String path, String text) {
        return new ConfigurationEdit(Action.COMMENT, path, Optional.of(text));
    }
}
