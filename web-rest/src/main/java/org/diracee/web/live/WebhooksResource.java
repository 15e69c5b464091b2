/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.live;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.diracee.client.wire.CreateWebhook;
import org.diracee.client.wire.TestedWebhook;
import org.diracee.client.wire.UpdateWebhook;
import org.diracee.client.wire.Webhook;
import org.diracee.client.wire.WebhookDelivery;
import org.diracee.kernel.access.Caller;
import org.diracee.web.http.UuidText;
import org.diracee.wms.webhook.boundary.DeliveryView;
import org.diracee.wms.webhook.boundary.NewWebhook;
import org.diracee.wms.webhook.boundary.RegisteredWebhook;
import org.diracee.wms.webhook.boundary.WebhookAnswer;
import org.diracee.wms.webhook.boundary.WebhookTrial;
import org.diracee.wms.webhook.boundary.WebhookView;
import org.diracee.wms.webhook.boundary.Webhooks;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;

/** A user's webhooks. */
@Path("api/webhooks")
@RequestScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class WebhooksResource {

    private Webhooks webhooks;
    private WebhookTrial trial;
    private Caller caller;

    public WebhooksResource() {} // RESTEasy insists on a public one

    @Inject
    public WebhooksResource(Webhooks webhooks, WebhookTrial trial, Caller caller) {
        this.webhooks = webhooks;
        this.trial = trial;
        this.caller = caller;
    }

    @POST
    @APIResponseSchema(value = Webhook.class, responseCode = "201")
    public Response createWebhook(@NotNull @Valid CreateWebhook request) {
        RegisteredWebhook made = webhooks.register(
                caller,
                new NewWebhook(
                        request.url(), request.jobGroup(), request.wholeVo().orElse(false)));
        return Response.created(URI.create("/api/webhooks/" + made.webhook().id()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(webhook(made.webhook(), Optional.of(made.secret())))
                .build();
    }

    @GET
    public List<Webhook> listWebhooks() {
        return webhooks.list(caller).stream()
                .map(webhook -> webhook(webhook, Optional.empty()))
                .toList();
    }

    @GET
    @Path("{id}")
    public Webhook getWebhook(@PathParam("id") String id) {
        return webhook(webhooks.webhook(caller, UuidText.read("id", id)), Optional.empty());
    }

    @PATCH
    @Path("{id}")
    public Webhook updateWebhook(@PathParam("id") String id, @NotNull @Valid UpdateWebhook request) {
        return webhook(webhooks.enable(caller, UuidText.read("id", id), request.enabled()), Optional.empty());
    }

    @DELETE
    @Path("{id}")
    public void deleteWebhook(@PathParam("id") String id) {
        webhooks.delete(caller, UuidText.read("id", id));
    }

    @GET
    @Path("{id}/deliveries")
    public List<WebhookDelivery> listWebhookDeliveries(@PathParam("id") String id) {
        return webhooks.deliveries(caller, UuidText.read("id", id)).stream()
                .map(WebhooksResource::delivery)
                .toList();
    }

    @POST
    @Path("{id}/test")
    public TestedWebhook testWebhook(@PathParam("id") String id) {
        WebhookAnswer answer = trial.tryOut(caller, UuidText.read("id", id));
        return new TestedWebhook(answer.status(), answer.failure());
    }

    private static Webhook webhook(WebhookView view, Optional<String> secret) {
        return new Webhook(
                view.id(),
                view.vo().text(),
                view.owner().text(),
                view.wholeVo(),
                view.jobGroup(),
                view.url().toString(),
                view.enabled(),
                view.reason(),
                view.failures(),
                view.created(),
                secret);
    }

    private static WebhookDelivery delivery(DeliveryView view) {
        return new WebhookDelivery(
                view.id(),
                view.status(),
                view.attempts(),
                view.nextAttempt(),
                view.answer(),
                view.reason(),
                view.body(),
                view.created(),
                view.finished());
    }
}
