/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.boundary;

import java.util.Optional;

/**
 * Answer to an announcement.
 *
 * @param transfer the leave to upload; empty if the content is stored already
 */
public record SandboxUpload(SandboxPfn pfn, Optional<Transfer> transfer) {}
