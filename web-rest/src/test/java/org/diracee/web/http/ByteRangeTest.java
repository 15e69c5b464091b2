/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 0",
        "bytes=0-99, 0, 9",
        "bytes=3-, 3, 9",
        "bytes=9-, 9, 9",
        "bytes=-4, 6, 9",
        "bytes=-40, 0, 9",
        "' bytes=2-4 ', 2, 4"
    })
    void meansPartOfTheContent(String header, long first, long last) {
        assertThat(ByteRange.isAsked(header)).isTrue();
        assertThat(ByteRange.of(header, 10)).contains(new ByteRange(first, last));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=10-", "bytes=11-20", "bytes=-0", "bytes=5-4"})
    void isOutsideTheContent(String header) {
        assertThat(ByteRange.isAsked(header)).isTrue();
        assertThat(ByteRange.of(header, 10)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-1,3-4", "bytes=-", "bytes=", "lines=1-2", "bytes=a-b", "bytes=1", "0-1"})
    void isIgnoredIfItIsNotOneRangeOfBytes(String header) {
        assertThat(ByteRange.isAsked(header)).isFalse();
    }

    @Test
    void isNotAskedWithoutHeader() {
        assertThat(ByteRange.isAsked(null)).isFalse();
    }
}
