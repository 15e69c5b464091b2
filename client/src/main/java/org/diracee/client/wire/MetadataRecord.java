/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * A value that counts for a file or directory.
 *
 * @param value a number or text; dates as in ISO 8601
 * @param type of the field; absent if that is not declared, so that nobody can search for it
 * @param origin the LFN that it is written on: there, or a directory above
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record MetadataRecord(Object value, Optional<String> type, String origin) {}
