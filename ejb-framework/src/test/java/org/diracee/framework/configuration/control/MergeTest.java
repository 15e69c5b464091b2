/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.diracee.framework.configuration.control.Conflict.State;
import org.diracee.framework.configuration.control.Conflict.Version;
import org.diracee.framework.configuration.control.Merge.Conflicting;
import org.diracee.framework.configuration.control.Merge.Merged;
import org.junit.jupiter.api.Test;

class MergeTest {

    private static final Version ABSENT = new Version(State.ABSENT, "");
    private static final Version SECTION = new Version(State.SECTION, "");

    private final ConfigurationDocument base = CfgReader.read("""
            A
            {
              x = 1
              y = 2
            }
            B
            {
              z = 3
              VO = a, b
            }
            """);

    private static Version option(String value) {
        return new Version(State.OPTION, value);
    }

    private ConfigurationDocument merged(ConfigurationDocument theirs, ConfigurationDocument yours) {
        return ((Merged) Merge.of(base, theirs, yours)).document();
    }

    private List<Conflict> conflicts(ConfigurationDocument theirs, ConfigurationDocument yours) {
        return ((Conflicting) Merge.of(base, theirs, yours)).conflicts();
    }

    @Test
    void editsOfDifferentPlacesGoTogether() {
        ConfigurationDocument theirs = base.with("/A/x", "10").without("/B/z").withComment("/A/y", "theirs");
        ConfigurationDocument yours =
                base.with("/A/y", "20").with("/C/new", "1").withComment("/B", "yours");

        assertThat(CfgWriter.write(merged(theirs, yours))).isEqualTo("""
                A
                {
                  x = 10
                  # theirs
                  y = 20
                }
                # yours
                B
                {
                  VO = a, b
                }
                C
                {
                  new = 1
                }
                """);
    }

    @Test
    void theSameEditOnBothSidesIsOne() {
        ConfigurationDocument both = base.with("/A/x", "10").without("/B").with("/C/c", "1");

        assertThat(merged(both, both.with("/A/y", "9"))).isEqualTo(both.with("/A/y", "9"));
    }

    @Test
    void entriesStayWhereTheirMakersPutThem() {
        ConfigurationDocument theirs = CfgReader.read("A { t = 1\n x = 1\n y = 2\n }\nB {\n z = 3\n VO = a, b\n}");
        ConfigurationDocument yours = CfgReader.read("A { y = 2\n u = 1\n x = 1\n }\nB {\n z = 3\n VO = a, b\n}");

        assertThat(merged(theirs, yours).section("/A").orElseThrow().entries().keySet())
                .containsExactly("t", "y", "u", "x");
        assertThat(merged(yours, theirs).section("/A").orElseThrow().entries().keySet())
                .containsExactly("t", "y", "u", "x");
    }

    @Test
    void differentValuesOfAnOptionAreAConflict() {
        assertThat(conflicts(base.with("/A/x", "10"), base.with("/A/x", "11").with("/A/y", "5")))
                .containsExactly(new Conflict("/A/x", option("1"), option("10"), option("11")));
        assertThat(conflicts(base.with("/C/c", "10"), base.with("/C/c", "11")))
                .containsExactly(new Conflict("/C/c", ABSENT, option("10"), option("11")));
    }

    @Test
    void listsAreNotMergedItemByItem() {
        assertThat(conflicts(base.with("/B/VO", "a, b, c"), base.with("/B/VO", "a")))
                .hasSize(1);
    }

    @Test
    void anOptionRemovedHereAndChangedThereIsAConflict() {
        assertThat(conflicts(base.without("/A/x"), base.with("/A/x", "11")))
                .containsExactly(new Conflict("/A/x", option("1"), ABSENT, option("11")));
    }

    @Test
    void anEditInsideARemovedSectionIsAConflict() {
        assertThat(conflicts(base.without("/A"), base.with("/A/x", "11")))
                .containsExactly(new Conflict("/A/x", option("1"), ABSENT, option("11")));
        assertThat(conflicts(base.with("/A/new", "1"), base.without("/A")))
                .containsExactly(new Conflict("/A", SECTION, SECTION, ABSENT));
        assertThat(conflicts(base.withComment("/A/x", "why"), base.without("/A")))
                .containsExactly(new Conflict("/A", SECTION, SECTION, ABSENT));
        assertThat(merged(base.without("/A"), base.without("/A/x"))).isEqualTo(base.without("/A"));
    }

    @Test
    void anOptionHereAndASectionThereIsAConflict() {
        assertThat(conflicts(base.with("/C", "1"), base.withSection("/C")))
                .containsExactly(new Conflict("/C", ABSENT, option("1"), SECTION));
    }

    @Test
    void differentCommentsAreAConflict() {
        assertThat(conflicts(base.withComment("/A/x", "theirs"), base.withComment("/A/x", "yours")))
                .containsExactly(new Conflict(
                        "/A/x",
                        new Version(State.COMMENT, ""),
                        new Version(State.COMMENT, "theirs"),
                        new Version(State.COMMENT, "yours")));
    }

    @Test
    void allConflictsAreTold() {
        assertThat(conflicts(
                        base.with("/A/x", "10").with("/B/z", "30"),
                        base.with("/A/x", "11").without("/B")))
                .extracting(Conflict::path)
                .containsExactly("/A/x", "/B/z");
    }
}
