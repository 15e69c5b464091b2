/** What a chain of certificates says, and the rules that go beyond its signatures. */
@NullMarked
package org.diracee.framework.certificate.control;

import org.jspecify.annotations.NullMarked;
