/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.bulk.boundary;

import jakarta.ejb.Stateless;
import java.util.function.Supplier;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.paging.BulkResult;

/** Carries out calls on many things whose callers may want all of them or none. */
@Stateless
public class AllOrNone {

    /**
     * Carries out a call, which joins this transaction.
     *
     * @param atomic whether nothing is to be done if one thing fails; otherwise what fails leaves the rest alone
     * @throws NotAllPossible if something failed and nothing was done therefore
     */
    @OpenAccess("the service that is called checks the caller")
    public <K, V> BulkResult<K, V> carryOut(boolean atomic, Supplier<BulkResult<K, V>> call) {
        BulkResult<K, V> result = call.get();
        if (atomic && !result.failed().isEmpty()) {
            throw new NotAllPossible(
                    result.failed(), result.failed().size() + result.success().size());
        }
        return result;
    }
}
