/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownToClientTest {

    private static final Instant SINCE = Instant.parse("2026-11-03T08:00:00.900Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "         |                               | false",
                "abc      |                               | true",
                "\"abc\"  |                               | true",
                "W/\"abc\"|                               | true",
                "\"x\", abc |                             | true",
                "*        |                               | true",
                "ab       |                               | false",
                "\"abcd\" |                               | false",
                "         | Tue, 03 Nov 2026 08:00:00 GMT | false",
                "         | Tue, 03 Nov 2026 08:00:01 GMT | true",
                "         | Tue, 03 Nov 2026 07:59:59 GMT | false",
                "ab       | Tue, 3 Nov 2026 09:00:00 GMT  | true",
                "ab       | yesterday                     | false",
                "abc      | yesterday                     | true",
            })
    void needsNothingIfItHasThisRevisionOrALaterOne(String tags, String since, boolean suffices) {
        assertThat(new KnownToClient(tags, since).suffices("abc", SINCE)).isEqualTo(suffices);
    }
}
