/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.proxy.boundary;

import java.time.Duration;
import java.util.Optional;
import org.diracee.kernel.value.Dn;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;

/**
 * The wish to have a proxy made of a stored one.
 *
 * @param request for the key that it is for, in PEM (PKCS #10)
 * @param user whose; the caller's own if empty
 * @param dn of which certificate; of the stored ones that which ends last if empty
 * @param group in which the holder is to act; the caller's own if empty
 * @param lifetime how long at least; what is usual if empty
 * @param limited empty if the caller takes what it may have
 * @param voms whether it is to have the VOMS attribute that stands for the group
 */
public record ProxyOrder(
        String request,
        Optional<UserName> user,
        Optional<Dn> dn,
        Optional<GroupName> group,
        Optional<Duration> lifetime,
        Optional<Boolean> limited,
        boolean voms) {}
