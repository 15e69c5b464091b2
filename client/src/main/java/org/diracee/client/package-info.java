/**
 * The Java client of the REST API: one transport ({@link org.diracee.client.ApiClient}) and one typed service per system
 * of the API. The command line, the pilot and the benchmarks use it; nothing here knows the server's code.
 */
@NullMarked
package org.diracee.client;

import org.jspecify.annotations.NullMarked;
