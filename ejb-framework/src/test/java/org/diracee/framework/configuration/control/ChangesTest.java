/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.diracee.framework.configuration.boundary.Change;
import org.diracee.framework.configuration.boundary.Change.Kind;
import org.diracee.framework.configuration.boundary.Change.Subject;
import org.diracee.kernel.error.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangesTest {

    private final ConfigurationDocument before = CfgReader.read("""
            A
            {
              # note
              x = 1
              y = 2
              Sub
              {
                z = 3
              }
            }
            """);

    @Test
    void listsWhatWasChangedRemovedAndAdded() {
        ConfigurationDocument after = CfgReader.read("""
                # why
                A
                {
                  # other
                  x = 10
                  Sub = 5
                  # end
                }
                # new
                B
                {
                  b =
                }
                """);

        assertThat(Changes.between(before, after))
                .containsExactly(
                        new Change("/A/x", Kind.CHANGED, Subject.OPTION, "1", "10"),
                        new Change("/A/x", Kind.COMMENT, Subject.OPTION, "note", "other"),
                        new Change("/A/y", Kind.REMOVED, Subject.OPTION, "2", ""),
                        new Change("/A/Sub/z", Kind.REMOVED, Subject.OPTION, "3", ""),
                        new Change("/A/Sub", Kind.REMOVED, Subject.SECTION, "", ""),
                        new Change("/A/Sub", Kind.ADDED, Subject.OPTION, "", "5"),
                        new Change("/A", Kind.COMMENT, Subject.SECTION_END, "", "end"),
                        new Change("/A", Kind.COMMENT, Subject.SECTION, "", "why"),
                        new Change("/B", Kind.ADDED, Subject.SECTION, "", ""),
                        new Change("/B", Kind.COMMENT, Subject.SECTION, "", "new"),
                        new Change("/B/b", Kind.ADDED, Subject.OPTION, "", ""));
    }

    @Test
    void theOrderIsNoChange() {
        assertThat(Changes.between(CfgReader.read("A=1\nB=2"), CfgReader.read("B=2\nA=1")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "/A/x; CHANGED; OPTION; 7; an option with the value '1'; an option with the value '7'",
                "/A/x; REMOVED; OPTION; 7; an option with the value '1'; an option with the value '7'",
                "/A/x; ADDED; OPTION; ''; an option with the value '1'; nothing",
                "/A/n; CHANGED; OPTION; 7; nothing; an option with the value '7'",
                "/A; REMOVED; SECTION; ''; a section with entries; an empty section",
                "/A; REMOVED; OPTION; 1; a section with entries; an option with the value '1'",
                "/A/x; COMMENT; OPTION; no; an option with the value '1' and the comment 'note'; an option with the comment 'no'",
                "/A; COMMENT; SECTION_END; no; a section with entries and the comment ''; a section with the comment 'no'",
            })
    void refusesChangesOfAnotherDocument(
            String path, Kind kind, Subject subject, String was, String found, String expected) {
        List<Change> stale = List.of(
                new Change("/New", Kind.ADDED, Subject.OPTION, "", "1"), new Change(path, kind, subject, was, "new"));

        assertThatThrownBy(() -> Changes.apply(before, stale))
                .isInstanceOfSatisfying(
                        StaleChange.class, error -> assertThat(error.code()).isEqualTo(ErrorCode.CONFLICT))
                .hasMessage(path + ": found " + found + ", but the change expects " + expected);
    }
}
