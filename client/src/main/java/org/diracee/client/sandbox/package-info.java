/**
 * Sandboxes as archives: packing what a job needs or leaves behind, and unpacking what others packed without trusting it.
 *
 * <p>Packing is deterministic (sorted entries, no times, no owners), because a sandbox is known by the checksum of its
 * archive: the same files are stored once.
 */
@NullMarked
package org.diracee.client.sandbox;

import org.jspecify.annotations.NullMarked;
