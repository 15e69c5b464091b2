/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.proxy.boundary;

import java.time.Instant;
import java.util.UUID;

/**
 * A key pair that the server made for a user's proxy.
 *
 * @param request what the user is to sign, in PEM (PKCS #10)
 * @param expires until when the signed chain is taken
 */
public record ProxyUpload(UUID id, String request, Instant expires) {}
