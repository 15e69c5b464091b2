/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.boundary;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * How a test of a storage element went.
 *
 * @param id names the test when it is ended
 * @param steps what this server did, to the first that failed
 * @param upload by which the client may write a file itself, if the storage element gives such leaves
 * @param download by which it may read that file then
 */
public record StorageTest(UUID id, List<Step> steps, Optional<ClientAccess> upload, Optional<ClientAccess> download) {

    public StorageTest {
        steps = List.copyOf(steps);
    }

    /**
     * One thing that was done.
     *
     * @param failure why it failed; empty if it went well
     */
    public record Step(String name, long millis, Optional<String> failure) {}
}
