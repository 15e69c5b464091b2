/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.taskqueue.boundary;

/**
 * A task queue in which jobs may wait.
 *
 * @param priority its weight against the other queues of the VO
 */
public record OpenQueue(long id, QueueDefinition definition, double priority) {}
