/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** How one speaks to S3 stores: signatures, lists and names; who keeps what there is the business of other features. */
@NullMarked
package org.diracee.framework.s3.boundary;

import org.jspecify.annotations.NullMarked;
