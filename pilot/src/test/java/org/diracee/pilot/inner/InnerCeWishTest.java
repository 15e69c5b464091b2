/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.inner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.diracee.pilot.process.SearchPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InnerCeWishTest {

    @TempDir
    Path directory;

    private InnerCeWish.Found find(InnerCeWish.Kind kind, Optional<String> root, Bind... binds) throws InnerCeUnusable {
        return new InnerCeWish(kind, List.of(binds), root, List.of())
                .find(
                        new SearchPath(directory.toString()),
                        new InnerCeSurroundings(directory.resolve("work"), 0, List.of()));
    }

    private void command(String name, String script) throws IOException {
        Path file = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void saysThatBubblewrapIsNotThere() {
        assertThatThrownBy(() -> find(InnerCeWish.Kind.BUBBLEWRAP, Optional.empty()))
                .isInstanceOf(InnerCeUnusable.class)
                .hasMessage("bubblewrap is not there: bwrap is no command of this worker node");
    }

    @Test
    void saysWhyBubblewrapDoesNotWork() throws IOException {
        command("bwrap", "echo 'bwrap: No permissions to create new namespace' >&2; exit 1");

        assertThatThrownBy(() -> find(InnerCeWish.Kind.BUBBLEWRAP, Optional.empty()))
                .isInstanceOf(InnerCeUnusable.class)
                .hasMessage(
                        "bubblewrap does not work on this worker node: bwrap: No permissions to create new namespace");
        assertThat(directory.resolve("work")).isEmptyDirectory();
    }

    @Test
    void takesBubblewrapWhereItWorks() throws Exception {
        command("bwrap", "exit 0");

        assertThat(find(InnerCeWish.Kind.AUTO, Optional.empty()).innerCe()).isInstanceOf(Bubblewrap.class);
    }

    @Test
    void fallsBackToNothingAndSaysWhy() throws Exception {
        InnerCeWish.Found found = find(InnerCeWish.Kind.AUTO, Optional.empty());

        assertThat(found.innerCe()).isEqualTo(new InProcess());
        assertThat(found.missed()).hasValue("bubblewrap is not there: bwrap is no command of this worker node");
    }

    @Test
    void takesTheSitesContainerIfItNamesOne() throws Exception {
        command("bwrap", "exit 0");
        command("singularity", "exit 0");

        assertThat(find(InnerCeWish.Kind.AUTO, Optional.of("/image")).innerCe()).isInstanceOf(Apptainer.class);
        assertThatThrownBy(() -> find(InnerCeWish.Kind.APPTAINER, Optional.empty()))
                .hasMessage("Apptainer needs an image: --container-root names none");
    }

    @Test
    void triesTheContainer() throws Exception {
        command("apptainer", "echo 'FATAL: no such image' >&2; exit 255");

        assertThatThrownBy(() -> find(InnerCeWish.Kind.APPTAINER, Optional.of("/image")))
                .isInstanceOf(InnerCeUnusable.class)
                .hasMessage("Apptainer with /image does not work on this worker node: FATAL: no such image");
        command("bwrap", "exit 0");
        InnerCeWish.Found found = find(InnerCeWish.Kind.AUTO, Optional.of("/image"));
        assertThat(found.innerCe()).isInstanceOf(Bubblewrap.class);
        assertThat(found.missed())
                .hasValue("Apptainer with /image does not work on this worker node: FATAL: no such image");
    }

    @Test
    void takesBubblewrapWhereTheSitesContainerCannotBeRun() throws Exception {
        command("bwrap", "exit 0");

        InnerCeWish.Found found = find(InnerCeWish.Kind.AUTO, Optional.of("/image"));

        assertThat(found.innerCe()).isInstanceOf(Bubblewrap.class);
        assertThat(found.missed().orElseThrow()).startsWith("Apptainer is not there");
    }

    @ParameterizedTest
    @EnumSource(
            value = InnerCeWish.Kind.class,
            names = {"AUTO", "BUBBLEWRAP", "APPTAINER"})
    void showsNoJobTheDirectoriesOfOthers(InnerCeWish.Kind kind) throws IOException {
        command("bwrap", "exit 0");
        command("apptainer", "exit 0");
        Path within = Files.createDirectories(directory.resolve("work/shared"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), directory);

        for (Path source : List.of(directory, directory.resolve("work"), within, link)) {
            assertThatThrownBy(() -> find(kind, Optional.of("/image"), Bind.parse(source.toString())))
                    .isInstanceOf(BindRefused.class)
                    .hasMessageContaining("would show jobs the directories of all others");
        }
        assertThatThrownBy(() -> find(kind, Optional.of("/image"), Bind.parse("/absent/data")))
                .isInstanceOf(BindRefused.class)
                .hasMessage("--bind /absent/data:/absent/data:ro: there is no /absent/data on this worker node");
    }

    @Test
    void hidesWhatOfTheSystemIsNotForOthers() throws IOException {
        Path etc = Files.createDirectories(directory.resolve("etc/private"));
        Path secret = Files.writeString(etc.getParent().resolve("shadow"), "s");
        Path open = Files.writeString(etc.getParent().resolve("hosts"), "h");
        Files.setPosixFilePermissions(etc, PosixFilePermissions.fromString("rwx------"));
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r-----"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(etc.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(InnerCeSurroundings.hidden(etc.getParent())).containsExactlyInAnyOrder(etc, secret);
    }
}
