/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.schema.control;

import org.diracee.framework.schema.boundary.SchemaMigration;

/** Brings the schema {@code wms} up to date when its persistence unit starts. */
public class WmsSchema extends SchemaMigration {

    public WmsSchema() {
        super("wms");
    }
}
