/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.diracee.framework.configuration.boundary.Change;
import org.diracee.framework.configuration.control.Merge.Merged;
import org.junit.jupiter.api.Test;

/** What holds for every document, tried with many random ones. */
class ConfigurationLawsTest {

    private static final int DOCUMENTS = 500;

    private interface Law {
        void check(RandomConfiguration random);
    }

    private static void always(Law law) {
        for (int seed = 0; seed < DOCUMENTS; seed++) {
            try {
                law.check(new RandomConfiguration(seed));
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError("with seed " + seed, failure);
            }
        }
    }

    private static ConfigurationDocument merged(
            ConfigurationDocument base, ConfigurationDocument theirs, ConfigurationDocument yours) {
        Merge merge = Merge.of(base, theirs, yours);
        assertThat(merge).isInstanceOf(Merged.class);
        return ((Merged) merge).document();
    }

    private static void assertSameContent(ConfigurationDocument found, ConfigurationDocument expected) {
        assertThat(found.hasContentOf(expected))
                .withFailMessage(() -> CfgWriter.write(found) + "\nis not\n" + CfgWriter.write(expected))
                .isTrue();
    }

    @Test
    void whatIsWrittenAsCfgIsReadBackUnchanged() {
        always(random -> {
            ConfigurationDocument document = random.document();
            assertThat(CfgReader.read(CfgWriter.write(document))).isEqualTo(document);
        });
    }

    @Test
    void cfgHasOneCanonicalForm() {
        always(random -> {
            String text = CfgWriter.write(random.document());
            assertThat(CfgWriter.write(CfgReader.read(text.replace("\n", "\r\n").replace("  ", "\t"))))
                    .isEqualTo(CfgWriter.write(CfgReader.read(text.replace("  ", "\t"))));
            assertThat(CfgWriter.write(CfgReader.read(text))).isEqualTo(text);
        });
    }

    @Test
    void whatIsWrittenAsYamlIsReadBackUnchanged() {
        for (int seed = 0; seed < 2 * DOCUMENTS; seed++) {
            ConfigurationDocument document = new RandomConfiguration(seed, true).document();
            String text = YamlWriter.write(document);
            assertThat(YamlReader.read(text)).as("seed %d:\n%s", seed, text).isEqualTo(document);
        }
    }

    @Test
    void listsInYamlKeepTheirItems() {
        always(random -> {
            ConfigurationDocument document = random.document();
            ConfigurationDocument read = YamlReader.read(YamlWriter.write(document, path -> Typing.Kind.LIST));
            for (String path : RandomConfiguration.paths(document.root(), "")) {
                assertThat(read.snapshot(1).list(path.substring(1)))
                        .isEqualTo(document.snapshot(1).list(path.substring(1)));
            }
        });
    }

    @Test
    void editsOfADocumentLeaveItAsItWas() {
        always(random -> {
            ConfigurationDocument document = random.document();
            String before = CfgWriter.write(document);
            random.edited(document, "");
            assertThat(CfgWriter.write(document)).isEqualTo(before);
        });
    }

    @Test
    void differencesLeadFromOneDocumentToTheOther() {
        always(random -> {
            ConfigurationDocument one = random.document();
            ConfigurationDocument edited = random.edited(one, "");
            ConfigurationDocument other = random.document();
            assertSameContent(Changes.apply(one, Changes.between(one, edited)), edited);
            assertSameContent(Changes.apply(one, Changes.between(one, other)), other);
            assertThat(Changes.between(one, one)).isEmpty();
        });
    }

    @Test
    void takingChangesBackLeadsToTheDocumentBefore() {
        always(random -> {
            ConfigurationDocument before = random.document();
            List<Change> changes = Changes.between(before, random.edited(before, ""));
            ConfigurationDocument after = Changes.apply(before, changes);
            assertSameContent(Changes.apply(after, Changes.between(after, before)), before);
        });
    }

    @Test
    void documentsHaveNoDifferencesExactlyIfTheySayTheSame() {
        always(random -> {
            ConfigurationDocument one = random.document();
            ConfigurationDocument other = random.edited(one, "");
            assertThat(Changes.between(one, other).isEmpty()).isEqualTo(one.hasContentOf(other));
        });
    }

    @Test
    void mergingWithAnUnchangedSideGivesTheOther() {
        always(random -> {
            ConfigurationDocument base = random.document();
            ConfigurationDocument edited = random.edited(base, "");
            assertThat(merged(base, base, edited)).isEqualTo(edited);
            assertThat(merged(base, edited, base)).isEqualTo(edited);
            assertThat(merged(base, edited, edited)).isEqualTo(edited);
        });
    }

    @Test
    void editsOfDifferentSectionsMergeWhicheverCameFirst() {
        always(random -> {
            ConfigurationDocument base = ConfigurationDocument.empty()
                    .with("/Left", random.section(3))
                    .with("/Right", random.section(3));
            ConfigurationDocument left = random.edited(base, "/Left");
            ConfigurationDocument right = random.edited(base, "/Right");
            ConfigurationDocument both = Changes.apply(left, Changes.between(base, right));
            assertSameContent(merged(base, left, right), both);
            assertSameContent(merged(base, right, left), both);
        });
    }

    @Test
    void conflictsAreTheSameSeenFromTheOtherSide() {
        always(random -> {
            ConfigurationDocument base = random.document();
            ConfigurationDocument one = random.edited(base, "");
            ConfigurationDocument other = random.edited(base, "");
            Merge merge = Merge.of(base, one, other);
            Merge turned = Merge.of(base, other, one);
            if (merge instanceof Merge.Conflicting conflicting) {
                assertThat(((Merge.Conflicting) turned)
                                .conflicts().stream()
                                        .map(found -> new Conflict(
                                                found.path(), found.base(), found.yours(), found.theirs())))
                        .containsExactlyInAnyOrderElementsOf(conflicting.conflicts());
            } else {
                assertSameContent(((Merged) turned).document(), ((Merged) merge).document());
            }
        });
    }

    @Test
    void aMergeHasTheEditsOfBothSides() {
        always(random -> {
            ConfigurationDocument base = random.document();
            ConfigurationDocument one = random.edited(base, "");
            ConfigurationDocument other = random.edited(base, "");
            if (Merge.of(base, one, other) instanceof Merged merged) {
                for (ConfigurationDocument side : List.of(one, other)) {
                    for (Change change : Changes.between(base, side)) {
                        if (change.kind() == Change.Kind.CHANGED) {
                            assertThat(merged.document().value(change.path())).contains(change.after());
                        }
                    }
                }
            }
        });
    }

    @Test
    void layersMergeLikeOperations() {
        ConfigurationDocument none = ConfigurationDocument.empty();
        always(random -> {
            ConfigurationDocument defaults = random.document();
            ConfigurationDocument vo = random.document();
            ConfigurationDocument merged = defaults.merged(vo);
            assertThat(defaults.merged(none)).isEqualTo(defaults);
            assertThat(none.merged(defaults)).isEqualTo(defaults);
            assertThat(defaults.merged(defaults)).isEqualTo(defaults);
            assertThat(merged.merged(vo)).isEqualTo(merged);
            for (String path : RandomConfiguration.paths(merged.root(), "")) {
                if (vo.value(path).isPresent()) {
                    assertThat(merged.value(path)).isEqualTo(vo.value(path));
                } else if (merged.value(path).isPresent()) {
                    assertThat(merged.value(path)).isEqualTo(defaults.value(path));
                }
            }
        });
    }

    @Test
    void layersOfTheSameShapeMergeInAnyGrouping() {
        always(random -> {
            ConfigurationDocument shape = random.document();
            ConfigurationDocument one = revalued(shape, random);
            ConfigurationDocument two = revalued(shape, random);
            ConfigurationDocument three = revalued(shape, random);
            assertThat(one.merged(two).merged(three)).isEqualTo(one.merged(two.merged(three)));
        });
    }

    /** The document with other values and comments; some options are missing. */
    private static ConfigurationDocument revalued(ConfigurationDocument document, RandomConfiguration random) {
        ConfigurationEditor editor = document.edit();
        for (String path : RandomConfiguration.paths(document.root(), "")) {
            if (document.option(path).isPresent()) {
                if (random.value().length() < 2) {
                    editor.remove(path);
                } else {
                    editor.put(path, random.option());
                }
            }
        }
        return editor.document();
    }

    @Test
    void theSnapshotHasEveryValue() {
        always(random -> {
            ConfigurationDocument document = random.document();
            for (String path : RandomConfiguration.paths(document.root(), "")) {
                assertThat(document.snapshot(3).option(path.substring(1))).isEqualTo(document.value(path));
                assertThat(document.snapshot(3).hasSection(path.substring(1)))
                        .isEqualTo(document.section(path).isPresent());
            }
        });
    }
}
