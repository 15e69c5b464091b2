/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.access;

/** What a user can show. */
public enum CredentialKind {
    /** Nothing: our own code speaks of the user. */
    NONE,
    /** An access token of ours. */
    ACCESS_TOKEN,
    /** An access token of the VO's identity provider. */
    PROVIDER_TOKEN,
    /** The user's own X.509 certificate. */
    CERTIFICATE,
    /** A proxy certificate (RFC 3820) of the user. */
    PROXY,
    /** A limited proxy, good for access to data alone: it neither submits nor delegates. */
    LIMITED_PROXY
}
