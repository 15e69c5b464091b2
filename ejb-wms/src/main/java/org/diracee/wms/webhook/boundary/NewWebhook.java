/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.webhook.boundary;

import java.net.URI;
import java.util.Optional;

/**
 * A webhook to be.
 *
 * @param jobGroup the only group it is to be told of; empty: every group that has a name
 * @param wholeVo whether it is to be told of the groups of all users of the VO
 */
public record NewWebhook(URI url, Optional<String> jobGroup, boolean wholeVo) {}
