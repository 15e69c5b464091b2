/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.configuration;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.diracee.client.wire.BlamedOption;
import org.diracee.client.wire.ChangedConfiguration;
import org.diracee.client.wire.ConfigurationDifference;
import org.diracee.client.wire.ConfigurationOption;
import org.diracee.client.wire.ConfigurationText;
import org.diracee.framework.configuration.boundary.ConfigurationHistory;
import org.diracee.framework.configuration.boundary.ConfigurationReading;
import org.diracee.framework.configuration.boundary.Revision;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.paging.Page;
import org.diracee.kernel.paging.PageRequest;
import org.jspecify.annotations.Nullable;

/** Shows the configuration as text and option by option, and how it came to be so. */
@Path("api/config")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class ConfigurationHistoryResource {

    private ConfigurationReading reading;
    private ConfigurationHistory history;
    private Caller caller;

    public ConfigurationHistoryResource() {} // RESTEasy insists on a public one

    @Inject
    public ConfigurationHistoryResource(ConfigurationReading reading, ConfigurationHistory history, Caller caller) {
        this.reading = reading;
        this.history = history;
        this.caller = caller;
    }

    @GET
    @Path("document")
    public ConfigurationText getConfigurationText(
            @QueryParam("path") @DefaultValue("/") String path,
            @QueryParam("format") @DefaultValue("cfg") String format,
            @QueryParam("revision") @Nullable Long revision) {
        return ConfigurationRecords.text(
                reading.text(caller, path, ConfigurationRecords.format(format), Optional.ofNullable(revision)));
    }

    @GET
    @Path("option")
    public ConfigurationOption getConfigurationOption(
            @QueryParam("path") @NotNull String path, @QueryParam("vo") @Nullable String vo) {
        ConfigurationReading.EffectiveOption option = reading.option(caller, path, Optional.ofNullable(vo));
        Optional<Revision> lastChange = option.source().flatMap(source -> history.lastChange(caller, source));
        return ConfigurationRecords.option(option, lastChange);
    }

    @GET
    @Path("revisions")
    public org.diracee.client.wire.ConfigurationHistory getConfigurationHistory(
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(PageRequest.MAX_LIMIT) int limit,
            @QueryParam("before") @Nullable Long before) {
        Page<Revision> page = history.revisions(caller, limit, Optional.ofNullable(before));
        return new org.diracee.client.wire.ConfigurationHistory(
                page.items().stream().map(ConfigurationRecords::revision).toList(),
                page.next().map(Long::valueOf));
    }

    @GET
    @Path("revisions/{revision}")
    public ChangedConfiguration getConfigurationRevision(@PathParam("revision") long revision) {
        return new ChangedConfiguration(
                ConfigurationRecords.revision(history.revision(caller, revision)),
                ConfigurationRecords.changes(history.changes(caller, revision)));
    }

    @GET
    @Path("diff")
    public ConfigurationDifference getConfigurationDifference(
            @QueryParam("from") @NotNull Long from, @QueryParam("to") @NotNull Long to) {
        return new ConfigurationDifference(
                from, to, ConfigurationRecords.changes(history.difference(caller, from, to)));
    }

    @GET
    @Path("blame")
    public List<BlamedOption> getConfigurationBlame(
            @QueryParam("path") @DefaultValue("/") String path, @QueryParam("revision") @Nullable Long revision) {
        return history.blame(caller, path, Optional.ofNullable(revision)).stream()
                .map(ConfigurationRecords::blamed)
                .toList();
    }
}
