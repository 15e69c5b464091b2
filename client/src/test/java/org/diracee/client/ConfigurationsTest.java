/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.diracee.client.wire.CommitConfiguration;
import org.diracee.client.wire.CommittedConfiguration;
import org.diracee.client.wire.ConfigurationChange;
import org.diracee.client.wire.ConfigurationEdit;
import org.diracee.client.wire.RollBackConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConfigurationsTest {

    private final FakeServer server;
    private final Configurations configurations;

    ConfigurationsTest() throws IOException {
        server = new FakeServer();
        configurations = new Configurations(ApiClient.builder(server.address())
                .tokens(TokenSource.fixed("abc"))
                .build());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void asksForOnePartOfOneRevision() {
        server.on(
                "GET /api/config/document",
                200,
                "{\"revision\":7,\"hash\":\"h\",\"path\":\"/Registry/a b\",\"format\":\"cfg\",\"document\":\"X = 1\\n\"}");
        assertThat(configurations
                        .document("/Registry/a b", "cfg", Optional.of(7L))
                        .document())
                .isEqualTo("X = 1\n");
        assertThat(server.last().query()).isEqualTo("path=%2FRegistry%2Fa+b&format=cfg&revision=7");
        configurations.document("/", "yaml", Optional.empty());
        assertThat(server.last().query()).isEqualTo("path=%2F&format=yaml");
    }

    @Test
    void commitsUnderAKeyAndTriesOutWithoutOne() {
        server.on("POST /api/config/revisions", 201, """
                {"revision":{"revision":8,"hash":"h","author":"admin","subject":"user:demo:admin-1","origin":"::1",
                             "message":"why","created":"2026-11-22T12:00:00Z"},
                 "changes":[{"path":"/A","kind":"changed","before":"1","after":"2"}],"warnings":[],"notes":[]}""")
                .on("POST /api/config/revisions", 200, "{\"changes\":[],\"warnings\":[],\"notes\":[]}");
        CommitConfiguration change = CommitConfiguration.ofEdits(
                "why", List.of(ConfigurationEdit.set("/A", "2"), ConfigurationEdit.remove("/B")));

        CommittedConfiguration committed = configurations.commit(change, "key-1");

        assertThat(committed.revision())
                .hasValueSatisfying(revision -> assertThat(revision.revision()).isEqualTo(8));
        assertThat(committed.changes())
                .containsExactly(new ConfigurationChange(
                        "/A", ConfigurationChange.Kind.CHANGED, Optional.of("1"), Optional.of("2")));
        assertThat(server.last().query()).isEqualTo("dry_run=false");
        assertThat(server.last().headers()).containsEntry("idempotency-key", "key-1");
        assertThat(server.last().body())
                .isEqualTo("{\"message\":\"why\",\"edits\":[{\"action\":\"set\",\"path\":\"/A\",\"value\":\"2\"},"
                        + "{\"action\":\"remove\",\"path\":\"/B\"}]}");

        assertThat(configurations.tryOut(change).revision()).isEmpty();
        assertThat(server.last().query()).isEqualTo("dry_run=true");
        assertThat(server.last().headers()).doesNotContainKey("idempotency-key");
    }

    @Test
    void tellsBothSidesOfAConflict() {
        server.on("POST /api/config/rollback", 409, """
                {"detail":"no","code":"CONFIGURATION_CONFLICT",
                 "errors":[{"field":"/A","message":"changed by both","values":{"base":"1","theirs":"2","yours":"3"}}]}""");
        ApiError conflict = catchThrowableOfType(
                ApiError.class,
                () -> configurations.rollBack(new RollBackConfiguration(3L, Optional.of(5L), "why"), "key-2"));
        assertThat(conflict.is(Configurations.CONFLICT)).isTrue();
        assertThat(conflict.errors().get(0).values())
                .containsEntry("base", "1")
                .containsEntry("theirs", "2")
                .containsEntry("yours", "3");
        assertThat(server.last().body()).isEqualTo("{\"to\":3,\"base\":5,\"message\":\"why\"}");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void knowsTheRevisionInForceByTheHistory() {
        server.on("GET /api/config/revisions", 200, """
                {"revisions":[{"revision":41,"hash":"h","author":"a","subject":"s","origin":"o","message":"m",
                               "created":"2026-11-22T12:00:00Z"}],"next":41}""");
        assertThat(configurations.revisionInForce()).isEqualTo(41);
        assertThat(server.last().query()).isEqualTo("limit=1");
        assertThat(configurations.history(10, Optional.of(41L)).next()).contains(41L);
        assertThat(server.last().query()).isEqualTo("limit=10&before=41");
    }
}
