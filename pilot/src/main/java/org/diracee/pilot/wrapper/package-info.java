/**
 * The job wrapper: sandbox in, payload under watch, sandbox out, with every step reported to the server.
 *
 * <p>Decision: reports are queued with the time of the fact and sent by a thread of their own, so that a server that is away
 * costs the payload nothing and loses nothing.
 */
@NullMarked
package org.diracee.pilot.wrapper;

import org.jspecify.annotations.NullMarked;
