/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.data.control;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.function.Supplier;
import org.diracee.kernel.access.OpenAccess;

/** Runs the steps between which storage elements are waited for, each in a transaction of its own. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class DataTransactions {

    /** The step's result once it is committed. */
    @OpenAccess("used by services that have checked their caller")
    public <T> T in(Supplier<T> step) {
        return step.get();
    }
}
