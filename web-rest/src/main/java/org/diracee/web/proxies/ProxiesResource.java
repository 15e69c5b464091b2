/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.proxies;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import org.diracee.client.wire.BegunProxyUpload;
import org.diracee.client.wire.CompleteProxyUpload;
import org.diracee.client.wire.CompletedProxyUpload;
import org.diracee.client.wire.DeliveredProxy;
import org.diracee.client.wire.OrderProxy;
import org.diracee.client.wire.ProxySummary;
import org.diracee.framework.proxy.boundary.ProxyDelivery;
import org.diracee.framework.proxy.boundary.ProxyManager;
import org.diracee.framework.proxy.boundary.ProxyOrder;
import org.diracee.framework.proxy.boundary.ProxyUpload;
import org.diracee.framework.proxy.boundary.ProxyView;
import org.diracee.framework.proxy.boundary.UploadedProxy;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.value.Dn;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.web.http.UuidText;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;

/**
 * Takes, shows, hands out and deletes proxies of users; private keys never pass here.
 *
 * @see "Framework reference 3"
 */
@Path("api/proxies")
@RequestScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class ProxiesResource {

    private ProxyManager proxies;
    private ProxyDelivery delivery;
    private Caller caller;

    public ProxiesResource() {} // RESTEasy insists on a public one

    @Inject
    public ProxiesResource(ProxyManager proxies, ProxyDelivery delivery, Caller caller) {
        this.proxies = proxies;
        this.delivery = delivery;
        this.caller = caller;
    }

    @GET
    public List<ProxySummary> listProxies() {
        return proxies.list(caller).stream().map(ProxiesResource::summary).toList();
    }

    @POST
    @Path("requests")
    @APIResponseSchema(value = BegunProxyUpload.class, responseCode = "201")
    public Response beginProxyUpload() {
        ProxyUpload upload = proxies.beginUpload(caller);
        return Response.status(Response.Status.CREATED)
                .entity(new BegunProxyUpload(upload.id().toString(), upload.request(), upload.expires()))
                .build();
    }

    @PUT
    @Path("requests/{id}")
    public CompletedProxyUpload completeProxyUpload(
            @PathParam("id") String id, @NotNull @Valid CompleteProxyUpload request) {
        UploadedProxy proxy =
                proxies.completeUpload(caller, UuidText.read("id of a proxy request", id), request.chain());
        return new CompletedProxyUpload(proxy.dn(), proxy.stored(), proxy.expires());
    }

    @POST
    @Path("deliveries")
    @APIResponseSchema(value = DeliveredProxy.class, responseCode = "201")
    public Response orderProxy(@NotNull @Valid OrderProxy request) {
        var delivered = delivery.deliver(
                caller,
                new ProxyOrder(
                        request.request(),
                        request.user().map(UserName::new),
                        request.dn().map(Dn::new),
                        request.group().map(GroupName::new),
                        request.lifetime().map(Duration::ofSeconds),
                        request.limited(),
                        request.voms().orElse(false)));
        return Response.status(Response.Status.CREATED)
                .entity(new DeliveredProxy(
                        delivered.chain(),
                        delivered.dn(),
                        delivered.group().text(),
                        delivered.limited(),
                        delivered.fqans(),
                        delivered.expires(),
                        delivered.attributesExpire()))
                .build();
    }

    @DELETE
    @Path("{id}")
    public void deleteProxy(@PathParam("id") String id) {
        proxies.delete(caller, UuidText.read("id of a proxy", id));
    }

    private static ProxySummary summary(ProxyView proxy) {
        return new ProxySummary(
                proxy.id().toString(),
                proxy.vo().text(),
                proxy.user(),
                proxy.subject(),
                proxy.dn(),
                proxy.stored(),
                proxy.expires(),
                proxy.warning());
    }
}
