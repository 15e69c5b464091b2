/** What the tables of jobs and pilots know about who ran what where. */
@NullMarked
package org.diracee.wms.trace.entity;

import org.jspecify.annotations.NullMarked;
