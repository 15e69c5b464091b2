/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Starts the system before the first integration test, so that Arquillian finds the server it is told to use. */
public class SystemStart implements LauncherSessionListener {

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        if (System.getProperty("system.under.test") != null) {
            System.setProperty(
                    "system.management.port",
                    Integer.toString(RunningSystem.up().managementPort()));
        }
    }
}
