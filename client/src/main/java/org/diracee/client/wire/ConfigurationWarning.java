/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

/**
 * Something in the configuration that looks wrong.
 *
 * @param path of the option or section
 * @param message what is wrong, and what is expected
 */
public record ConfigurationWarning(String path, String message) {}
