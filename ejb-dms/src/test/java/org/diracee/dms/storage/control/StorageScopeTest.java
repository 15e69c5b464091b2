/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.diracee.kernel.value.VoName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StorageScopeTest {

    @ParameterizedTest
    @CsvSource({
        "/demo/user/a/alice/f.root, storage.read:/demo/user/a/alice/f.root",
        "/demo/a b, storage.read:/demo/a%20b",
        "/demo/ü%, storage.read:/demo/%C3%BC%25",
        "/demo//x/, storage.read:/demo/x",
        "/, storage.read:/",
    })
    void writesAPathSoThatItIsOneWordAndReadsItBack(String path, String word) {
        StorageScope scope = StorageScope.of(StorageAction.READ, path);

        assertThat(scope.text()).isEqualTo(word);
        assertThat(StorageScope.parse(word)).containsExactly(scope);
    }

    @ParameterizedTest
    @CsvSource({
        "storage.read:/demo, READ, /demo/x, true",
        "storage.read:/demo, READ, /demo, true",
        "storage.read:/demo, READ, /demo2, false",
        "storage.read:/demo/x, READ, /demo, false",
        "storage.read:/demo, CREATE, /demo/x, false",
        "storage.create:/demo, MODIFY, /demo/x, false",
        "storage.create:/demo, CREATE, /demo/x, false",
        "storage.create:/demo/x, CREATE, /demo/x, true",
        "storage.modify:/demo, CREATE, /demo/x, false",
        "storage.modify:/demo, MODIFY, /demo/x, false",
        "storage.modify:/demo/x, CREATE, /demo/x, true",
        "storage.modify:/demo, READ, /demo/x, false",
        "storage.read:/demo/a%2Fb, READ, /demo/a/b, false",
        "storage.read:/demo/%2e%2e, READ, /demo/x, false",
        "storage.read:demo, READ, /demo, false",
        "storage.read, READ, /demo, false",
        "compute.read:/demo, READ, /demo, false",
        "storage.read:/demo/%, READ, /demo/%, false",
        "storage.read:/other storage.read:/demo, READ, /demo/x, true",
    })
    void allowsWhatItSaysAndToReadWhatIsBelowAndNothingElse(
            String scope, StorageAction action, String path, boolean allowed) {
        StorageLeave leave = StorageLeave.of(new VoName("demo"), "a-1", Instant.MAX, scope);

        assertThat(leave.allows(action, path)).isEqualTo(allowed);
    }

    @Test
    void allowsTheDirectoriesAboveAFileAndItsSizeAlone() {
        StorageLeave leave = StorageLeave.of(new VoName("demo"), "a-1", Instant.MAX, "storage.create:/demo/a/x size:5");

        assertThat(leave.allowsAbove("/demo/a")).isTrue();
        assertThat(leave.allowsAbove("/demo/a/x")).isFalse();
        assertThat(leave.allowsAbove("/demo/b")).isFalse();
        assertThat(leave.allows(5)).isTrue();
        assertThat(leave.allows(6)).isFalse();
        assertThat(StorageLeave.of(leave.vo(), "a-1", Instant.MAX, "storage.read:/demo/a")
                        .allowsAbove("/demo"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/demo/../other", "/demo/./x"})
    void hasNoPathThatLeadsElsewhere(String path) {
        assertThatThrownBy(() -> StorageScope.of(StorageAction.READ, path))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isWrittenTheSameInWhateverOrder() {
        StorageScope read = StorageScope.of(StorageAction.READ, "/x");
        StorageScope create = StorageScope.of(StorageAction.CREATE, "/x");

        assertThat(StorageScope.text(List.of(read, create)))
                .isEqualTo(StorageScope.text(List.of(create, read)))
                .isEqualTo("storage.create:/x storage.read:/x");
    }
}
