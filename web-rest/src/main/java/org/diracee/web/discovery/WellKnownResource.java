/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.discovery;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diracee.client.wire.JsonWebKeys;
import org.diracee.client.wire.OpenIdConfiguration;
import org.diracee.client.wire.ServerMetadata;
import org.diracee.framework.configuration.boundary.Deployment;
import org.diracee.framework.exchange.boundary.ClientAuthentication;
import org.diracee.framework.registry.boundary.RegisteredGroup;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.framework.registry.boundary.SupportContact;
import org.diracee.framework.token.boundary.KeyRing;
import org.diracee.framework.token.boundary.TokenIssuer;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.VoName;
import org.diracee.web.auth.ShownClient;
import org.diracee.web.auth.TokenResource;

/** What an installation tells everybody about itself. @see "DiracX REST reference 2" */
@Path(".well-known")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class WellKnownResource {

    private static final Duration SECURITY_TXT_LIFE = Duration.ofDays(180);

    private Registry registry;
    private KeyRing keys;
    private TokenIssuer tokens;
    private Deployment deployment;
    private Clock clock;

    /** RESTEasy insists on it. */
    public WellKnownResource() {}

    @Inject
    public WellKnownResource(Registry registry, KeyRing keys, TokenIssuer tokens, Deployment deployment, Clock clock) {
        this.registry = registry;
        this.keys = keys;
        this.tokens = tokens;
        this.deployment = deployment;
        this.clock = clock;
    }

    @GET
    @Path("openid-configuration")
    public OpenIdConfiguration openIdConfiguration() {
        String url = deployment.publicUrl();
        return new OpenIdConfiguration(
                tokens.issuer(),
                url + "/api/auth/token",
                url + "/api/auth/userinfo",
                url + "/api/auth/authorize",
                url + "/api/auth/device",
                url + "/api/auth/revoke",
                url + "/.well-known/jwks.json",
                TokenResource.GRANT_TYPES,
                scopes(),
                List.of("code"),
                ClientAuthentication.algorithms(),
                ShownClient.METHODS,
                ClientAuthentication.algorithms(),
                ShownClient.METHODS,
                List.of("S256"));
    }

    @GET
    @Path("jwks.json")
    public JsonWebKeys jsonWebKeys() {
        return new JsonWebKeys(keys.publicKeys());
    }

    @GET
    @Path("dirac-metadata")
    public ServerMetadata metadata() {
        Map<String, ServerMetadata.VirtualOrganization> vos = new LinkedHashMap<>();
        registry.vos().forEach(vo -> vos.put(vo.text(), describe(vo)));
        return new ServerMetadata(vos);
    }

    /** A JSON text, as DiracX serves it. @see "RFC 9116" */
    @GET
    @Path("security.txt")
    public String securityContact() {
        return "Contact: " + deployment.securityContact() + "\nExpires: "
                + clock.instant().plus(SECURITY_TXT_LIFE).truncatedTo(ChronoUnit.DAYS)
                + "\nPreferred-Languages: en\n";
    }

    private ServerMetadata.VirtualOrganization describe(VoName vo) {
        Map<String, ServerMetadata.Group> groups = new LinkedHashMap<>();
        for (RegisteredGroup group : registry.groups(vo)) {
            groups.put(
                    group.name().text(),
                    new ServerMetadata.Group(group.properties().stream()
                            .map(Property::wireName)
                            .sorted()
                            .toList()));
        }
        SupportContact support = registry.support(vo).orElseThrow();
        return new ServerMetadata.VirtualOrganization(
                groups,
                new ServerMetadata.Support(
                        support.message(),
                        support.webpage().orElse(null),
                        support.email().orElse(null)),
                registry.defaultGroup(vo).map(GroupName::text).orElse(""));
    }

    private List<String> scopes() {
        List<String> scopes = new ArrayList<>();
        for (VoName vo : registry.vos()) {
            scopes.add("vo:" + vo);
            registry.groups(vo).forEach(group -> scopes.add("group:" + group.name()));
        }
        Arrays.stream(Property.values())
                .map(property -> "property:" + property.wireName())
                .forEach(scopes::add);
        return scopes;
    }
}
