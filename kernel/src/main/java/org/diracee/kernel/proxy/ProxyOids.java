/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.proxy;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;

/** The extensions that make a certificate a proxy, and those that say what it stands for. */
final class ProxyOids {

    /** ProxyCertInfo. @see "RFC 3820, section 3.8" */
    static final ASN1ObjectIdentifier PROXY_INFO = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.1.14");

    /** The same before it became a standard. */
    static final ASN1ObjectIdentifier DRAFT_PROXY_INFO = new ASN1ObjectIdentifier("1.3.6.1.4.1.3536.1.222");

    /** The group in which DIRAC takes the holder to act; an IA5String. @see "Framework reference 2.4" */
    static final ASN1ObjectIdentifier DIRAC_GROUP = new ASN1ObjectIdentifier("1.2.42.42");

    /** Attribute certificates of VOMS. @see "GFD.182, section 3" */
    static final ASN1ObjectIdentifier VOMS = new ASN1ObjectIdentifier("1.3.6.1.4.1.8005.100.100.5");

    /** The attribute that holds the names of groups and roles. @see "GFD.182, section 3.4" */
    static final ASN1ObjectIdentifier FQANS = new ASN1ObjectIdentifier("1.3.6.1.4.1.8005.100.100.4");

    private ProxyOids() {}
}
