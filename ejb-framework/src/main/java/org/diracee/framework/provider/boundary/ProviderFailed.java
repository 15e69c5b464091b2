/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.provider.boundary;

import java.time.Duration;
import java.util.List;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.value.VoName;
import org.jspecify.annotations.Nullable;

/** The provider of a VO cannot be reached, or answers what no provider should; it may be better in a while. */
public class ProviderFailed extends DiracException {

    private static final long serialVersionUID = 1L;

    /** @param what is wrong, in our words; those of the provider go into the cause */
    public ProviderFailed(VoName vo, String what, @Nullable Throwable cause) {
        super(
                ErrorCode.UPSTREAM_ERROR,
                "The identity provider of the VO " + vo + " " + what,
                List.of(),
                Duration.ofSeconds(10),
                cause);
    }
}
