/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.diracee.wms.sitedirector.control.ImageShelf;

/** A shelf that is gone with the test. */
final class MemoryShelf implements ImageShelf {

    final Map<String, byte[]> kept = new ConcurrentHashMap<>();

    @Override
    public void keep(String sha256, Path archive) {
        try {
            kept.put(sha256, Files.readAllBytes(archive));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public boolean has(String sha256) {
        return kept.containsKey(sha256);
    }

    @Override
    public void fetch(String sha256, OutputStream target) throws IOException {
        target.write(Objects.requireNonNull(kept.get(sha256)));
    }
}
