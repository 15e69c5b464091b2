/**
 * Certificates and RFC 3820 proxies of users and hosts: whether they are to be trusted, and whom they stand for. Trust lies in a
 * directory of CAs that is read again whenever its files change.
 */
@NullMarked
package org.diracee.framework.certificate.boundary;

import org.jspecify.annotations.NullMarked;
