/**
 * Sandboxes: the small archives that carry a job's files to the worker node and its outputs back.
 *
 * <p>Decisions: content-addressed by SHA-256 and kept per owner, so a repeated upload costs nothing; a row counts only once its
 * bytes are durable in the store; clients move bytes by signed links that expire, in DiracX's form; the server never looks
 * into an archive. Whose job a sandbox belongs to is read from the job table by SQL, so this feature depends on no other.
 */
@NullMarked
package org.diracee.wms.sandbox.boundary;

import org.jspecify.annotations.NullMarked;
