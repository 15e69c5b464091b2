/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.slot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.diracee.pilot.process.SearchPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With a double of {@code nvidia-smi}. */
class GpusTest {

    @TempDir
    Path directory;

    private Gpus find(String script) throws IOException {
        return find(script, Optional.empty());
    }

    private Gpus find(String script, Optional<String> visible) throws IOException {
        Path file = Files.writeString(directory.resolve("nvidia-smi"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return Gpus.find(new SearchPath(directory.toString()), visible);
    }

    @Test
    void areTagsAndADescription() throws IOException {
        Gpus gpus =
                find("[ \"$*\" = '--query-gpu=name --format=csv,noheader' ] && printf 'NVIDIA A100\\nNVIDIA A100\\n'");

        assertThat(gpus.tags()).containsExactly("GPU", "2GPU").allMatch(Gpus::isTag);
        assertThat(gpus.description()).contains("2 x NVIDIA A100");
    }

    @ParameterizedTest
    @CsvSource({"'',0", "-1,0", "NoDevFiles,0", "1,1", "'0,1',2", "'0,-1,1',1", "GPU-8932f937,1", "'0,1,2',2"})
    void areThoseThatTheBatchSystemGave(String visible, int number) throws IOException {
        assertThat(find("printf 'NVIDIA A100\\nNVIDIA A100\\n'", Optional.of(visible))
                        .models())
                .hasSize(number);
    }

    @Test
    void areNoneWhereTheDriverDoesNotAnswer() throws IOException {
        assertThat(find("echo 'NVIDIA-SMI has failed'; exit 9").tags()).isEmpty();
        assertThat(Gpus.find(new SearchPath("/nowhere"), Optional.empty()).description())
                .isEmpty();
    }
}
