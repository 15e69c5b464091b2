/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * What a change of the configuration did, or would do.
 *
 * @param revision the new revision; absent if the call only asked what would happen, or if nothing changed
 * @param changes what differs from the revision before
 * @param warnings what is allowed but looks wrong, as an option that nothing knows
 * @param notes what was done to the text to make it fit, as taking out the level of the Setup
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record CommittedConfiguration(
        Optional<ConfigurationRevision> revision,
        List<ConfigurationChange> changes,
        List<ConfigurationWarning> warnings,
        List<String> notes) {}
