/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web;

import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/** Messages of the REST API. */
@MessageLogger(projectCode = "DIRACWEB", length = 4)
public interface WebLog {

    WebLog LOG = Logger.getMessageLogger(java.lang.invoke.MethodHandles.lookup(), WebLog.class, "org.diracee.web");

    @LogMessage(level = Logger.Level.ERROR)
    @Message(id = 1, value = "Request %s failed by an error of ours")
    void internalError(String requestId, @Cause Throwable cause);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 2, value = "Request %s failed because something we need is down: %s")
    void dependencyDown(String requestId, String reason);

    @LogMessage(level = Logger.Level.ERROR)
    @Message(id = 3, value = "Request %s was answered with status %d by the server before it reached the application")
    void serverError(String requestId, int status, @Cause Throwable cause);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 4, value = "Configuration revision %d lets no web site use the API: %s")
    void originsLeftOut(long revision, String reason);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 5, value = "Configuration revision %d lets no proxy tell the address of clients: %s")
    void proxiesLeftOut(long revision, String reason);

    @LogMessage(level = Logger.Level.WARN)
    @Message(id = 6, value = "An export of jobs broke off")
    void exportBroken(@Cause Throwable cause);
}
