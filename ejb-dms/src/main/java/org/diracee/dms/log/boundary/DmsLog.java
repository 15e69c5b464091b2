/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.log.boundary;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/**
 * The messages of data management for operators, each with an id that stays: storage elements from 100, the ways of speaking to
 * them from 200, the data manager from 300, the catalogue from 400.
 */
@MessageLogger(projectCode = "DIRACDMS-", length = 4)
public interface DmsLog extends BasicLogger {

    DmsLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), DmsLog.class, "org.diracee.dms");

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 100, value = "What was left at the storage element %s could not be cleaned up")
    void leftoversNotCleaned(String se, @Cause RuntimeException cause);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 101, value = "%d broken transfers to the storage element %s removed")
    void leftoversCleaned(int number, String se);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 300, value = "The operation %d on data, %s of %s, broke off; it is taken up again")
    void dataOperationBroken(long id, String kind, String lfn, @Cause RuntimeException cause);
}
