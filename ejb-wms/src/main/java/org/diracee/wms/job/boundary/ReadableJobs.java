/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import java.util.Optional;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;

/**
 * Which jobs a caller finds when it searches: those of a VO, or of one owner there; an empty option narrows nothing.
 */
public record ReadableJobs(Optional<VoName> vo, Optional<UserName> owner) {}
