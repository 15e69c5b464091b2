/**
 * Pilots as the server knows them: their states, their one-time secrets and tokens, what they log.
 *
 * <p>Decisions: a pilot is known by its stamp; its row and the hash of its secret are committed before anything is started
 * outside; a secret works once; a pilot that became final stays final. Jobs of a pilot that ended are the job feature's
 * business, which hears of it by {@link org.diracee.wms.pilot.boundary.PilotEnded}.
 */
@NullMarked
package org.diracee.wms.pilot.boundary;

import org.jspecify.annotations.NullMarked;
