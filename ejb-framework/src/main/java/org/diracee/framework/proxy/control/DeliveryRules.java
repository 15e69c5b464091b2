/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.proxy.control;

import java.util.Optional;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.error.Forbidden;

/**
 * Who may have which proxy.
 *
 * @see "Framework reference 3.2"
 */
public final class DeliveryRules {

    private DeliveryRules() {}

    /**
     * What is asked for.
     *
     * @param own whether it is the caller's own proxy
     * @param groupIsPrivate whether the group that it is for has PrivateLimitedDelegation
     * @param downloadable whether full proxies in that group are handed out
     * @param limited empty if the caller takes what it may have
     */
    public record Wish(boolean own, boolean groupIsPrivate, boolean downloadable, Optional<Boolean> limited) {}

    /** Whether the caller may have proxies of others. */
    public static boolean ofOthers(Caller.User caller) {
        return caller.has(Property.FULL_DELEGATION) || caller.has(Property.LIMITED_DELEGATION);
    }

    /**
     * Whether the caller gets a limited proxy, else a full one.
     *
     * @throws Forbidden if it gets none, or not a full one that it insists on
     */
    public static boolean limited(Caller.User caller, Wish wish) {
        boolean full = caller.has(Property.FULL_DELEGATION);
        boolean privately = caller.has(Property.PRIVATE_LIMITED_DELEGATION) && wish.own();
        if (!ofOthers(caller) && !(privately && wish.groupIsPrivate())) {
            throw new Forbidden(
                    privately
                            ? "With PrivateLimitedDelegation proxies are handed out only for groups that have it themselves"
                            : "A proxy is handed out to who has FullDelegation or LimitedDelegation, and one's own to who has"
                                    + " PrivateLimitedDelegation");
        }
        boolean insists = wish.limited().equals(Optional.of(false));
        if (insists && !full) {
            throw new Forbidden("A full proxy is handed out only to who has FullDelegation; ask for a limited one");
        }
        if (insists && !wish.downloadable()) {
            throw new Forbidden(
                    "Full proxies in this group are not handed out (DownloadableProxy); ask for a limited one");
        }
        return wish.limited().orElse(!full || !wish.downloadable());
    }
}
