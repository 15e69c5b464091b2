/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import java.time.Instant;

/**
 * A key pair that the server made for the caller's proxy.
 *
 * @param request what the caller is to sign, in PEM (PKCS #10)
 * @param expires until when the signed chain is taken
 */
public record BegunProxyUpload(String id, String request, Instant expires) {}
