/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.registry.boundary;

import java.util.Optional;

/** Whom the members of a VO turn to. */
public record SupportContact(String message, Optional<String> webpage, Optional<String> email) {}
