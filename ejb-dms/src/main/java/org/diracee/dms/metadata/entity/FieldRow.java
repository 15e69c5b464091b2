/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.metadata.entity;

import java.util.Optional;
import org.diracee.dms.metadata.boundary.FieldTarget;
import org.diracee.dms.metadata.boundary.FieldType;

/**
 * A field as stored.
 *
 * @param type empty if it is not declared, but written on something
 */
public record FieldRow(int id, String name, FieldTarget target, Optional<FieldType> type) {}
