/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.sealing.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.diracee.framework.sealing.control.KeySource;
import org.diracee.framework.sealing.control.SealingKey;
import org.diracee.framework.sealing.control.UnusableSealingKey;
import org.diracee.kernel.access.OpenAccess;
import org.jspecify.annotations.Nullable;

/** Seals what the database must keep secret, with a key that is not in the database and the same on all nodes. */
@ApplicationScoped
public class Sealing {

    private static final String INTERNAL = "used by the server itself";

    private KeySource source;
    private volatile @Nullable SealingKey known;

    protected Sealing() {} // for the container's proxy

    @Inject
    public Sealing(KeySource source) {
        this.source = source;
    }

    /**
     * The secret as the database may keep it.
     *
     * @param place where it is kept, such as {@code signing_key/<kid>}; it opens nowhere else
     * @throws UnusableSealingKey if this node has no key
     */
    @OpenAccess(INTERNAL)
    public String seal(String secret, String place) {
        return key().seal(secret, place);
    }

    /**
     * The secret that was sealed for this place.
     *
     * @throws UnusableSealingKey if this node has no key or another one than it was sealed with
     * @throws SealBroken if the text was changed, or sealed for another place
     */
    @OpenAccess(INTERNAL)
    public String open(String sealed, String place) {
        return key().open(sealed, place).orElseThrow(() -> new SealBroken(place));
    }

    /** Whether the text is sealed; one from before secrets were sealed is not. */
    @OpenAccess(INTERNAL)
    public boolean isSealed(String text) {
        return SealingKey.isSealed(text);
    }

    private SealingKey key() {
        SealingKey key = known;
        if (key == null) {
            key = new SealingKey(source.key());
            known = key;
        }
        return key;
    }
}
