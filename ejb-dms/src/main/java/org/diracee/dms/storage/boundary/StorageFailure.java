/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.boundary;

import java.util.List;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/** Something that a storage element did not do; the detail says which and why. */
public class StorageFailure extends DiracException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why, as far as one acts on it. */
    public enum Reason {
        /** The file or directory is certainly not there. */
        ABSENT(ErrorCode.NOT_FOUND),
        /** What was to be made is there already. */
        PRESENT(ErrorCode.CONFLICT),
        /** The storage element does not let us. */
        DENIED(ErrorCode.FORBIDDEN),
        /** It has no space. */
        FULL(ErrorCode.UPSTREAM_ERROR),
        /** The bytes are not those that were announced. */
        OTHER_CONTENT(ErrorCode.CONFLICT),
        /** It does not answer, or not now: the same may go well later. */
        AWAY(ErrorCode.UNAVAILABLE),
        /** It answers what cannot be understood, or the configuration is wrong: the same will fail again. */
        BROKEN(ErrorCode.UPSTREAM_ERROR);

        private final ErrorCode code;

        Reason(ErrorCode code) {
            this.code = code;
        }
    }

    public StorageFailure(Reason reason, String detail) {
        this(reason, detail, null);
    }

    public StorageFailure(Reason reason, String detail, @Nullable Throwable cause) {
        super(reason.code, detail, List.of(), null, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** Whether the same may go well later. */
    public boolean isPassing() {
        return reason == Reason.AWAY || reason == Reason.FULL;
    }
}
