/**
 * Sites with their computing elements and queues, storage elements, file catalogues and identity providers, as a configuration
 * describes them; entries inherit from what stands above them as in DIRAC.
 */
@NullMarked
package org.diracee.framework.resources.boundary;

import org.jspecify.annotations.NullMarked;
