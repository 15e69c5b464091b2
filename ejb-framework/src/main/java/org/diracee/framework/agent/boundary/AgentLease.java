/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.agent.boundary;

/**
 * The right to run one cycle of an agent.
 *
 * @param fence rises with every cycle of the agent, whichever node runs it: the higher one is the one in force
 */
public record AgentLease(String agent, String owner, long fence) {}
