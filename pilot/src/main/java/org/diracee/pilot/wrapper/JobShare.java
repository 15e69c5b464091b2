/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.wrapper;

import java.util.OptionalLong;

/**
 * What of the slot a job may use while it runs.
 *
 * @param memoryBytes of all its processes together; absent if the slot is not bounded
 */
public record JobShare(int processors, OptionalLong memoryBytes) {}
