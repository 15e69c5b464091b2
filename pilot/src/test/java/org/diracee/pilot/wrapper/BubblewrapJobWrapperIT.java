/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.wrapper;

import java.util.List;
import java.util.OptionalLong;
import org.diracee.pilot.Testbed;
import org.diracee.pilot.inner.Bind;
import org.diracee.pilot.inner.Bubblewrap;
import org.diracee.pilot.inner.InnerCe;
import org.diracee.pilot.process.SearchPath;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** All that a wrapper does, with payloads in bubblewrap. */
@Tag("real")
class BubblewrapJobWrapperIT extends JobWrapperTest {

    @BeforeAll
    static void bring() throws Exception {
        Testbed.run("bubblewrap.sh", "install");
    }

    @Override
    InnerCe innerCe(SearchPath path) {
        // the tests talk to their payloads by files beside the work directory
        return new Bubblewrap(
                path.find("bwrap").orElseThrow(),
                directory.resolve("work"),
                List.of(),
                List.of(new Bind(directory, directory, false)),
                List.of(),
                OptionalLong.of(1 << 20));
    }
}
