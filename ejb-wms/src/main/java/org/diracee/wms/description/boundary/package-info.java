/**
 * From the text that a user submits to what the server knows of each job.
 *
 * <p>Decisions: the text of a job is made when it is asked for; submission computes only what is searched or matched. A
 * description is stored once, without the lists of a sweep, whose values stand with each job. All problems of a description are
 * told at once. An attribute that is known but not obeyed yet is stored and named in a warning.
 */
@NullMarked
package org.diracee.wms.description.boundary;

import org.jspecify.annotations.NullMarked;
