/** Local accounts and wrong passwords as stored. */
@NullMarked
package org.diracee.framework.account.entity;

import org.jspecify.annotations.NullMarked;
