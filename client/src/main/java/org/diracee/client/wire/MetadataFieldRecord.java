/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

/**
 * A field of metadata that a VO has declared.
 *
 * @param target {@code directory} or {@code file}
 * @param type {@code int}, {@code float}, {@code string}, {@code date} or {@code metaset}
 */
public record MetadataFieldRecord(String name, String target, String type) {}
