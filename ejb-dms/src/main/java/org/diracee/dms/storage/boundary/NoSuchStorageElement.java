/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.boundary;

import java.util.List;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.value.SeName;
import org.jspecify.annotations.Nullable;

/** There is no storage element of this name, or not for the caller's VO. */
public class NoSuchStorageElement extends DiracException {

    private static final long serialVersionUID = 1L;

    public NoSuchStorageElement(SeName name, @Nullable Throwable cause) {
        super(ErrorCode.NOT_FOUND, "There is no storage element " + name + " for your VO", List.of(), null, cause);
    }
}
