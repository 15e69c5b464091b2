/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.boundary;

import java.util.UUID;
import org.diracee.kernel.value.VoName;

/** A user's session that can be prolonged, as its refresh token stands for it. */
public record Session(UUID jti, String status, String scope, VoName vo, String subject) {}
