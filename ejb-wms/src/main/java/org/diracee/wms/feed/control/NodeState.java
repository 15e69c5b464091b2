/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.feed.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Whether this node is being drained, as the server tells its administrators. Requests that would never end have to end then, or the
 * server would wait for them.
 */
@ApplicationScoped
public class NodeState {

    private static final String SERVER = "jboss.as:management-root=server";
    private static final String ATTRIBUTE = "suspendState";
    private static final String RUNNING = "RUNNING";

    /** Not on a server that does not tell. */
    public boolean isDrained() {
        try {
            Object state = ManagementFactory.getPlatformMBeanServer().getAttribute(new ObjectName(SERVER), ATTRIBUTE);
            return !RUNNING.equals(String.valueOf(state));
        } catch (JMException untold) {
            return false;
        }
    }
}
