/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.wrapper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextsTest {

    @TempDir
    Path directory;

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("std.out"), content);
    }

    @Test
    void takesTheLastLines() throws IOException {
        assertThat(Texts.tail(file("1\n2\n3\n4\n"), 2)).isEqualTo("3\n4");
    }

    @Test
    void takesNoMoreThanAFewKilobytes() throws IOException {
        assertThat(Texts.tail(file("x".repeat(100_000) + "\nlast"), 20)).isEqualTo("last");
        assertThat(Texts.tail(file("x".repeat(100_000)), 20)).hasSize(8 * 1024);
    }

    @Test
    void takesNothingFromWhatIsNoPlainFile() {
        assertThat(Texts.tail(directory, 20)).isEmpty();
        assertThat(Texts.tail(directory.resolve("absent"), 20)).isEmpty();
    }

    @Test
    void followsNoLinkThatAPayloadPutInItsPlace() throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "of a neighbour");

        assertThat(Texts.tail(Files.createSymbolicLink(directory.resolve("std.out"), secret), 20))
                .isEmpty();
    }

    @Test
    void replacesWhatCannotBeShownOrStored() throws IOException {
        assertThat(Texts.tail(file("a\0b\u001b[31mc\td"), 20)).isEqualTo("a?b?[31mc\td");
    }

    @Test
    void shortensByWholeCharacters() {
        assertThat(Texts.shortened("\uD83D\uDE00".repeat(10), 4)).isEqualTo("\uD83D\uDE00".repeat(3) + "…");
        assertThat(Texts.shortened("four", 4)).isEqualTo("four");
    }
}
