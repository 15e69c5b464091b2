/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.control;

import org.diracee.kernel.configuration.OptionPath;

/**
 * An option that DIRAC or DiracX knows and this software does not act on yet; it may stand in a configuration, unread.
 *
 * @param type the kind of its value in one word
 * @param source where it comes from
 */
public record KnownOption(OptionPath path, String type, String source) {}
