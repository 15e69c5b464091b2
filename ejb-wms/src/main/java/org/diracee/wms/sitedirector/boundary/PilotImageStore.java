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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.wms.sitedirector.control.PilotImages;

/** Gives worker nodes the pilot's image. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class PilotImageStore {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private PilotImages images;

    protected PilotImageStore() {} // for the container's proxy

    @Inject
    public PilotImageStore(PilotImages images) {
        this.images = images;
    }

    /** @throws PilotImageNotFound if there is no such image (any more) */
    @OpenAccess("an image holds programs that everybody can have, and no secret")
    public PilotImageArchive open(String sha256) {
        if (!SHA256.matcher(sha256).matches()) {
            throw new PilotImageNotFound();
        }
        Path file = images.archive(sha256).orElseThrow(PilotImageNotFound::new);
        try {
            return new PilotImageArchive(sha256, Files.size(file), file);
        } catch (IOException removed) {
            throw new PilotImageNotFound();
        }
    }
}
