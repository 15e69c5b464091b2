/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.entity;

/**
 * How far a pilot's log has come.
 *
 * @param next the number of the next line that is new
 * @param lines that are kept
 * @param characters of their messages
 */
public record LogRoom(long next, int lines, long characters) {}
