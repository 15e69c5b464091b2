/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.proxy.control;

import org.diracee.kernel.value.Dn;

/**
 * A server that says what people are in a VO.
 *
 * @param dn of its certificate: by that it is known, not by the name of the host
 */
public record VomsServer(String host, int port, Dn dn) {}
