/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Tests of the whole: the architecture's rules, the services inside the container, and the running system as its users
 * meet it, over HTTPS only.
 */
@NullMarked
package org.diracee.tests;

import org.jspecify.annotations.NullMarked;
