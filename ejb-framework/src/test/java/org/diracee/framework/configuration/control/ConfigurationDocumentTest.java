/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationDocumentTest {

    private final ConfigurationDocument document = CfgReader.read("""
            # people
            Registry
            {
              Users
              {
                # the first
                alice
                {
                  Email = alice@x
                }
                bob
                {
                }
              }
            }
            Name = test
            """);

    private static void refused(ThrowingCallable edit, String reason) {
        assertThatThrownBy(edit).isInstanceOf(InvalidConfiguration.class).hasMessageContaining(reason);
    }

    @Nested
    class Reading {

        @Test
        void takesPathsWithAndWithoutTheFirstSlash() {
            assertThat(document.value("/Registry/Users/alice/Email")).contains("alice@x");
            assertThat(document.value("Registry/Users/alice/Email")).contains("alice@x");
            assertThat(document.section("/")).contains(document.root());
        }

        @Test
        void tellsSectionsFromOptions() {
            assertThat(document.option("/Registry")).isEmpty();
            assertThat(document.section("/Name")).isEmpty();
            assertThat(document.entry("/Name/x")).isEmpty();
            assertThat(document.entry("/Registry/Users/carol")).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"//A", "/A/", "/A//B", "/A b\n", "/ A", "/A=", "/A{", "/A}", "/#A", "/A\u0000", "/\uFEFFA"})
        void refusesWhatIsNoPath(String path) {
            refused(() -> document.option(path), "allowed is a name of printable characters");
        }
    }

    @Nested
    class Editing {

        @Test
        void setsAValueInItsPlaceAndKeepsTheComment() {
            ConfigurationDocument edited = document.withComment("/Registry/Users/alice/Email", "private")
                    .with("/Registry/Users/alice/Email", " new@x ");

            assertThat(edited.option("/Registry/Users/alice/Email"))
                    .contains(new ConfigurationOption("new@x", "private"));
            assertThat(document.value("/Registry/Users/alice/Email")).contains("alice@x");
            assertThat(edited.root().entries().keySet()).containsExactly("Registry", "Name");
        }

        @Test
        void makesTheSectionsAroundANewOption() {
            assertThat(document.with("/Systems/A/B/Port", "1").value("/Systems/A/B/Port"))
                    .contains("1");
        }

        @Test
        void sharesWhatDidNotChange() {
            ConfigurationDocument edited = document.with("/Registry/Users/bob/Email", "bob@x");

            assertThat(edited.section("/Registry/Users/alice").orElseThrow())
                    .isSameAs(document.section("/Registry/Users/alice").orElseThrow());
        }

        @Test
        void movesASectionWithAllItHolds() {
            ConfigurationSection alice =
                    document.section("/Registry/Users/alice").orElseThrow();
            ConfigurationDocument moved =
                    document.without("/Registry/Users/alice").with("/Registry/Hosts/alice", alice);

            assertThat(moved.section("/Registry/Users").orElseThrow().entries()).containsOnlyKeys("bob");
            assertThat(moved.section("/Registry/Hosts/alice")).contains(alice);
        }

        @Test
        void leavingOutWhatIsNotThereChangesNothing() {
            assertThat(document.without("/Registry/Users/carol/Email")).isEqualTo(document);
            assertThat(document.without("/Name/x")).isEqualTo(document);
            assertThat(document.without("/")).isEqualTo(ConfigurationDocument.empty());
        }

        @Test
        void commentsAreKeptByLine() {
            ConfigurationDocument edited = document.withComment("/Registry", "one  \r\n\ntwo\u2028three")
                    .withClosingComment("/", "end")
                    .withClosingComment("/Registry", "   ");

            assertThat(edited.section("/Registry").orElseThrow().comment()).isEqualTo("one\n\ntwo\nthree");
            assertThat(edited.root().closingComment()).isEqualTo("end");
            assertThat(edited.section("/Registry").orElseThrow().closingComment())
                    .isEmpty();
        }

        @Test
        void anEditorCanGoOnAfterItGaveADocument() {
            ConfigurationEditor editor = document.edit().set("/A", "1");
            ConfigurationDocument first = editor.document();
            editor.set("/A", "2").comment("/Registry/Users", "all").set("/Registry/Users/eve/Email", "e");

            assertThat(first.value("/A")).contains("1");
            assertThat(first.section("/Registry/Users").orElseThrow().comment()).isEmpty();
            assertThat(editor.document().value("/Registry/Users/eve/Email")).contains("e");
            assertThat(editor.document()
                            .section("/Registry/Users")
                            .orElseThrow()
                            .comment())
                    .isEqualTo("all");
        }

        @Test
        void optionsAndSectionsShareTheirNames() {
            refused(() -> document.with("/Registry", "x"), "/Registry is a section and can have no value");
            refused(() -> document.with("/Name/x/y", "x"), "/Name/x/y: 'Name' is an option and can hold nothing");
            refused(() -> document.withSection("/Name"), "/Name: 'Name' is an option");
            assertThat(document.with("/Registry", ConfigurationOption.of("x")).value("/Registry"))
                    .contains("x");
        }

        @Test
        void refusesWhatCouldNotBeWritten() {
            refused(() -> document.with("/Name", "a\nb"), "found the character U+000A in a value");
            refused(() -> document.with("/Name", "a\uD83D"), "found the character U+D83D in a value");
            refused(() -> document.withComment("/Name", "a\u0000"), "found the character U+0000 in a comment");
            refused(() -> document.withComment("/None", "a"), "/None: there is no section or option to comment on");
            refused(() -> document.withComment("/", "a"), "/: there is no section or option to comment on");
            refused(() -> document.withClosingComment("/Name", "a"), "/Name: there is no section to comment on");
            refused(() -> document.with("/", "a"), "found the path /");
        }

        @Test
        void boundsTheDepth() {
            String deepest = "/A".repeat(ConfigurationPath.MAX_DEPTH);
            ConfigurationDocument deep = document.with(deepest, "1");

            refused(() -> document.withSection(deepest + "/A"), "a path of 65 names, allowed are 64 at most");
            refused(
                    () -> document.with("/B", deep.section("/A").orElseThrow()).with("/C/D", deep.root()),
                    "/C/D: found sections nested 66 deep, allowed are 64 at most");
        }
    }

    @Nested
    class Merging {

        @Test
        void theOtherWinsOptionByOption() {
            ConfigurationDocument merged = document.merged(CfgReader.read("""
                    Registry
                    {
                      Users
                      {
                        # left
                        bob
                        {
                          Email = bob@x
                        }
                        alice = gone
                      }
                    }
                    New = 1
                    """));

            assertThat(CfgWriter.write(merged)).isEqualTo("""
                    # people
                    Registry
                    {
                      Users
                      {
                        alice = gone
                        # left
                        bob
                        {
                          Email = bob@x
                        }
                      }
                    }
                    Name = test
                    New = 1
                    """);
        }
    }

    @Nested
    class Comparing {

        @Test
        void theOrderCountsForEqualityButNotForTheContent() {
            ConfigurationDocument one =
                    ConfigurationDocument.empty().with("/A/x", "1").with("/A/y", "2");
            ConfigurationDocument other =
                    ConfigurationDocument.empty().with("/A/y", "2").with("/A/x", "1");

            assertThat(one).isNotEqualTo(other);
            assertThat(one.hasContentOf(other)).isTrue();
            assertThat(one.hasContentOf(other.with("/A/x", "3"))).isFalse();
        }

        @Test
        void commentsCountForBoth() {
            assertThat(document.withComment("/Name", "x")).isNotEqualTo(document);
            assertThat(document.withComment("/Name", "x").hasContentOf(document))
                    .isFalse();
            assertThat(document.withClosingComment("/Registry", "x").hasContentOf(document))
                    .isFalse();
            assertThat(document.withComment("/Name", "x").withComment("/Name", ""))
                    .isEqualTo(document)
                    .hasSameHashCodeAs(document);
        }
    }

    @Test
    void theSnapshotHasTextsAtPathsWithoutTheFirstSlash() {
        assertThat(document.snapshot(12).revision()).isEqualTo(12);
        assertThat(document.snapshot(12).option("Registry/Users/alice/Email")).contains("alice@x");
        assertThat(document.snapshot(12).names("Registry/Users")).containsExactly("alice", "bob");
        assertThat(document.snapshot(12).hasSection("Registry/Users/bob")).isTrue();
    }
}
