/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.metadata.entity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.diracee.dms.metadata.boundary.MetadataQuery;
import org.diracee.dms.schema.boundary.DmsUnit;
import org.diracee.framework.schema.boundary.SqlStatement;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.VoName;
import org.hibernate.Session;

/** The sets of conditions as stored. */
@ApplicationScoped
public class MetadataSetRepository {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final int LONGEST_QUERY = 65_536;

    private EntityManager entities;

    protected MetadataSetRepository() {} // for the container's proxy

    @Inject
    public MetadataSetRepository(@DmsUnit EntityManager entities) {
        this.entities = entities;
    }

    /** A set as stored. */
    public record SetRow(String name, String owner, MetadataQuery query) {}

    /** The names of all sets of a VO. */
    public List<String> names(int catalog, VoName vo) {
        return statement("select name from dms.metadata_set where catalog = ? and vo = ? order by name")
                .number(catalog)
                .text(vo.text())
                .rows(row -> row.text("name"));
    }

    public Optional<SetRow> find(int catalog, VoName vo, String name) {
        return statement("select name, owner, query from dms.metadata_set where catalog = ? and vo = ? and name = ?")
                .number(catalog)
                .text(vo.text())
                .text(name)
                .rows(row -> new SetRow(row.text("name"), row.text("owner"), read(row.text("query"))))
                .stream()
                .findFirst();
    }

    /** Writes a set; over another one only if that is this owner's or anybody may. Tells whether it did. */
    public boolean write(int catalog, VoName vo, SetRow set, boolean anybodys) {
        return statement("""
                        insert into dms.metadata_set as present (catalog, vo, name, owner, query) values (?, ?, ?, ?, ?)
                        on conflict (catalog, vo, name) do update set query = excluded.query
                        where present.owner = excluded.owner or ?""")
                        .number(catalog)
                        .text(vo.text())
                        .text(set.name())
                        .text(set.owner())
                        .text(text(set.query()))
                        .truth(anybodys)
                        .run()
                > 0;
    }

    public void remove(int catalog, VoName vo, String name) {
        statement("delete from dms.metadata_set where catalog = ? and vo = ? and name = ?")
                .number(catalog)
                .text(vo.text())
                .text(name)
                .run();
    }

    /** A query as text. */
    static String text(MetadataQuery query) {
        try {
            String text = JSON.writeValueAsString(query.object());
            if (text.length() > LONGEST_QUERY) {
                throw new InvalidRequest(
                        ErrorCode.TOO_MANY_ITEMS,
                        "A query of " + text.length() + " characters is to be kept: allowed are " + LONGEST_QUERY);
            }
            return text;
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** A query that was written so. */
    static MetadataQuery read(String text) {
        try {
            return MetadataQuery.of(JSON.readValue(text, new TypeReference<LinkedHashMap<String, Object>>() {}));
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private SqlStatement statement(String sql) {
        return new SqlStatement(entities.unwrap(Session.class), sql);
    }
}
