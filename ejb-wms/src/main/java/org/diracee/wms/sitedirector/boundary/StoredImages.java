/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.boundary;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.wms.sitedirector.control.ComputingElementFailure;
import org.diracee.wms.sitedirector.control.ImageShelf;
import org.diracee.wms.sitedirector.entity.PilotImageRepository;

/** Keeps packed images of the pilot in the database, each call in a transaction of its own. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class StoredImages implements ImageShelf {

    /** Pilots wait in queues for days before they fetch their image. */
    private static final Duration KEPT = Duration.ofDays(30);

    private static final String FOR_ALL = "an image holds programs that everybody can have, and no secret";
    private static final int PART = 1024 * 1024;

    private PilotImageRepository rows;
    private Clock clock;

    protected StoredImages() {} // for the container's proxy

    @Inject
    public StoredImages(PilotImageRepository rows, Clock clock) {
        this.rows = rows;
        this.clock = clock;
    }

    @Override
    @OpenAccess("called by what sends pilots")
    public void keep(String sha256, Path archive) {
        Instant now = clock.instant();
        if (!rows.use(sha256, now)) {
            try (InputStream file = Files.newInputStream(archive)) {
                int part = 0;
                for (byte[] bytes = file.readNBytes(PART); bytes.length > 0; bytes = file.readNBytes(PART)) {
                    rows.add(sha256, part++, bytes, now);
                }
            } catch (IOException failure) {
                throw new ComputingElementFailure(archive + " cannot be kept for other nodes: " + failure, failure);
            }
        }
        rows.forget(now.minus(KEPT));
    }

    @Override
    @OpenAccess(FOR_ALL)
    public boolean has(String sha256) {
        return rows.has(sha256);
    }

    @Override
    @OpenAccess(FOR_ALL)
    public void fetch(String sha256, OutputStream target) throws IOException {
        int part = 0;
        for (Optional<byte[]> bytes = rows.part(sha256, part); bytes.isPresent(); bytes = rows.part(sha256, part)) {
            target.write(bytes.get());
            part++;
        }
    }
}
