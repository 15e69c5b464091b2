/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.proxy.boundary;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.diracee.kernel.value.VoName;

/**
 * A stored proxy as its user sees it, without anything secret.
 *
 * @param user the name by which the user is known; the subject if it is not registered any more
 * @param warning that it ends soon, in words
 */
public record ProxyView(
        UUID id,
        VoName vo,
        String user,
        String subject,
        String dn,
        Instant stored,
        Instant expires,
        Optional<String> warning) {}
