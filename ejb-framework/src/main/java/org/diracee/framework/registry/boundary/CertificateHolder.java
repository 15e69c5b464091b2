/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.registry.boundary;

import java.util.Optional;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.VoName;

/**
 * A user whose certificate is registered, as a member of one VO.
 *
 * @param preferredGroup the group that the user acts in when nothing names another
 */
public record CertificateHolder(VoName vo, RegisteredUser user, Optional<GroupName> preferredGroup) {}
