/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

/**
 * A way to speak to a storage element.
 *
 * @param scheme of its URLs
 * @param local whether it is for machines of the same site
 * @param known whether the server can speak it
 */
public record StorageProtocolRecord(String section, String plugin, String scheme, boolean local, boolean known) {}
