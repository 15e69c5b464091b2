/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

/**
 * What a dataset was when it was last counted, and what it is now.
 *
 * @param changed whether these differ
 */
public record DatasetCheck(boolean changed, DatasetRecord.DatasetFigures counted, DatasetRecord.DatasetFigures now) {}
