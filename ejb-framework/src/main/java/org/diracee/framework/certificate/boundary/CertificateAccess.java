/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.certificate.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.diracee.framework.registry.boundary.CertificateHolder;
import org.diracee.framework.registry.boundary.CertificateHolders;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Credential;
import org.diracee.kernel.access.CredentialKind;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.VoName;

/**
 * Tells for whom a certificate or proxy speaks on our API, and in which group: that which the proxy is made for; else that which its
 * VOMS attributes stand for, the first attribute first; else the user's default group. In each the user must be a member.
 */
@ApplicationScoped
public class CertificateAccess {

    private static final String IDENTITY = "this is how a caller becomes known";

    private ChainVerification verification;
    private CertificateHolders holders;
    private Registry registry;

    protected CertificateAccess() {} // for the container's proxy

    @Inject
    public CertificateAccess(ChainVerification verification, CertificateHolders holders, Registry registry) {
        this.verification = verification;
        this.holders = holders;
        this.registry = registry;
    }

    /** Whether certificates count at all. */
    @OpenAccess(IDENTITY)
    public boolean enabled() {
        return verification.enabled();
    }

    /**
     * The caller.
     *
     * @throws UntrustedChain if the chain does not count here, its holder is not registered, or it does not say for which of
     *     several VOs
     */
    @OpenAccess(IDENTITY)
    public Caller.User caller(List<X509Certificate> chain) {
        VerifiedChain verified = verification.verify(chain);
        List<CertificateHolder> known = holders(verified);
        Membership membership = membership(verified, known);
        VoName vo = membership.holder().vo();
        return new Caller.User(
                membership.holder().user().subject(),
                membership.holder().user().username(),
                membership.group(),
                vo,
                registry.properties(vo, membership.group()),
                credential(verified));
    }

    /** What the holder of this chain shows. */
    public static Credential credential(VerifiedChain verified) {
        CredentialKind kind = !verified.proxy()
                ? CredentialKind.CERTIFICATE
                : verified.limited() ? CredentialKind.LIMITED_PROXY : CredentialKind.PROXY;
        return Credential.of(kind, verified.dn().text());
    }

    /**
     * The user with this certificate in the VO.
     *
     * @throws UntrustedChain if nobody there has it, or the VO has locked the user out
     */
    @OpenAccess(IDENTITY)
    public CertificateHolder holder(VerifiedChain verified, VoName vo) {
        return holders(verified).stream()
                .filter(holder -> holder.vo().equals(vo))
                .findFirst()
                .orElseThrow(() -> new UntrustedChain(verified.dn() + " is not registered in the VO " + vo));
    }

    /**
     * The group in which the certificate acts in this VO unless another is asked for.
     *
     * @throws UntrustedChain if its holder is not registered there, or no member of that group
     */
    @OpenAccess(IDENTITY)
    public GroupName group(VerifiedChain verified, VoName vo) {
        return membership(verified, List.of(holder(verified, vo))).group();
    }

    private List<CertificateHolder> holders(VerifiedChain verified) {
        List<CertificateHolder> registered = holders.of(verified.dn());
        if (registered.isEmpty()) {
            if (holders.host(verified.dn()).isPresent()) {
                throw new UntrustedChain(verified.dn() + " is a machine's, and machines do not call here");
            }
            throw new UntrustedChain(verified.dn() + " is not registered");
        }
        List<CertificateHolder> admitted =
                registered.stream().filter(holder -> !holder.user().suspended()).toList();
        if (admitted.isEmpty()) {
            throw new UntrustedChain("the registration of " + verified.dn() + " is suspended");
        }
        return admitted;
    }

    private Membership membership(VerifiedChain verified, List<CertificateHolder> known) {
        if (verified.group().isPresent()) {
            GroupName group = verified.group().get();
            return only(
                    known.stream()
                            .filter(holder -> isMember(holder, group))
                            .map(holder -> new Membership(holder, group))
                            .toList(),
                    () -> verified.dn() + " is no member of the group " + group + " that its proxy is made for");
        }
        for (String fqan : verified.fqans()) {
            for (CertificateHolder holder : known) {
                Optional<GroupName> group = isOfVo(fqan, holder)
                        ? holders.groups(holder.vo(), fqan).stream()
                                .filter(candidate -> isMember(holder, candidate))
                                .findFirst()
                        : Optional.empty();
                if (group.isPresent()) {
                    return new Membership(holder, group.get());
                }
            }
        }
        List<CertificateHolder> candidates = ofVomsVo(verified, known);
        return only(
                candidates.stream()
                        .flatMap(holder -> holder.preferredGroup().filter(group -> isMember(holder, group)).stream()
                                .map(group -> new Membership(holder, group)))
                        .toList(),
                () -> verified.dn() + " is no member of the default group");
    }

    /** Attributes that stand for no group still tell the VO. */
    private List<CertificateHolder> ofVomsVo(VerifiedChain verified, List<CertificateHolder> known) {
        List<CertificateHolder> named = known.stream()
                .filter(holder -> verified.fqans().stream().anyMatch(fqan -> isOfVo(fqan, holder)))
                .toList();
        return named.isEmpty() ? known : named;
    }

    /** What a VO's servers say counts in that VO alone, whatever the groups of others name as their role. */
    private boolean isOfVo(String fqan, CertificateHolder holder) {
        String root = "/" + holders.vomsName(holder.vo());
        return fqan.equals(root) || fqan.startsWith(root + "/");
    }

    private static Membership only(List<Membership> found, Supplier<String> none) {
        if (found.isEmpty()) {
            throw new UntrustedChain(none.get());
        }
        if (found.size() > 1) {
            throw new UntrustedChain("it is registered in several VOs ("
                    + found.stream().map(one -> one.holder().vo().text()).collect(Collectors.joining(", "))
                    + "): a proxy with a DIRAC group or VOMS attributes tells which, or a log-in with a scope");
        }
        return found.get(0);
    }

    private boolean isMember(CertificateHolder holder, GroupName group) {
        return registry.group(holder.vo(), group)
                .filter(found -> found.has(holder.user().subject()))
                .isPresent();
    }

    private record Membership(CertificateHolder holder, GroupName group) {}
}
