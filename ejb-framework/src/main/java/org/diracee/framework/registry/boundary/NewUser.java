/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.registry.boundary;

import java.util.Optional;

/**
 * A person to be registered.
 *
 * @param subject the identity provider's stable id of the person
 * @param wish what the person would like to be called
 */
public record NewUser(String subject, Optional<String> wish, Optional<String> email) {}
