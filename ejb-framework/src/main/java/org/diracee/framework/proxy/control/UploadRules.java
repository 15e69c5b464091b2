/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.proxy.control;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.diracee.kernel.proxy.GridCertificate;
import org.diracee.kernel.proxy.ProxyChain;
import org.diracee.kernel.proxy.ProxyPolicy;

/**
 * What a proxy must be to be stored, as far as it says so itself: clean, full, long enough, good for signing others.
 *
 * @see "Framework reference 3.2"
 */
public final class UploadRules {

    private UploadRules() {}

    /** Why the proxy is not stored; empty if nothing in it speaks against that. */
    public static Optional<String> refusal(ProxyChain chain, Instant now, Duration leastLife) {
        if (chain.proxies().isEmpty()) {
            return Optional.of("it is no proxy but a person's own certificate");
        }
        if (chain.identity().isEmpty()) {
            return Optional.of("the certificate of the person that it stems from is missing");
        }
        if (chain.isLimited()) {
            return Optional.of("it is limited, or stems from a limited one");
        }
        for (GridCertificate proxy : chain.proxies()) {
            if (!proxy.policy().equals(Optional.of(ProxyPolicy.FULL))) {
                return Optional.of("it, or one that it stems from, is no proxy of RFC 3820 that inherits all rights");
            }
        }
        Optional<String> group = chain.diracGroup();
        if (group.isPresent()) {
            return Optional.of(
                    "it is for a DIRAC group: the one that is stored must be for none, groups are added when it is used");
        }
        if (chain.hasVomsAttributes()) {
            return Optional.of(
                    "it has VOMS attributes: the one that is stored must have none, they are added when it is used");
        }
        if (!chain.allowsAnother()) {
            return Optional.of("it allows no further proxy to be made of it");
        }
        if (chain.expires().isBefore(now.plus(leastLife))) {
            return Optional.of("it ends in less than " + leastLife.toSeconds() + " s");
        }
        return Optional.empty();
    }
}
