/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.catalog.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.diracee.dms.catalog.boundary.Acl;
import org.diracee.dms.catalog.boundary.Ownership;
import org.diracee.dms.schema.boundary.DmsUnit;
import org.diracee.framework.schema.boundary.SqlStatement;
import org.diracee.kernel.value.SeName;
import org.hibernate.Session;

/** The catalogues, and the names that their entries speak of; each is written down when it is first needed. */
@ApplicationScoped
public class CatalogRepository {

    private EntityManager entities;

    protected CatalogRepository() {} // for the container's proxy

    @Inject
    public CatalogRepository(@DmsUnit EntityManager entities) {
        this.entities = entities;
    }

    /** The number of a catalogue, which has a root afterwards. */
    public int catalog(String name, Instant now) {
        List<Integer> known = find("select id from dms.catalog where name = ?", name);
        if (!known.isEmpty()) {
            return known.get(0);
        }
        int owner = user("", Ownership.NOBODY);
        int group = group("", Ownership.NOBODY);
        statement("insert into dms.catalog (name) values (?) on conflict do nothing")
                .text(name)
                .run();
        int catalog = find("select id from dms.catalog where name = ?", name).get(0);
        statement("""
                        insert into dms.directory (catalog, path, owner, owner_group, mode, created, modified)
                        values (?, '/', ?, ?, ?, ?, ?) on conflict do nothing""")
                .number(catalog)
                .number(owner)
                .number(group)
                .number(0755)
                .instant(now)
                .instant(now)
                .run();
        return catalog;
    }

    /** The number of a user of a VO. */
    public int user(String vo, String name) {
        return principal("USER", vo, name);
    }

    /** The number of a group of a VO. */
    public int group(String vo, String name) {
        return principal("GROUP", vo, name);
    }

    private int principal(String kind, String vo, String name) {
        String sql = "select id from dms.principal where kind = ? and vo = ? and name = ?";
        List<Integer> known = find(sql, kind, vo, name);
        if (known.isEmpty()) {
            statement("insert into dms.principal (kind, vo, name) values (?, ?, ?) on conflict do nothing")
                    .text(kind)
                    .text(vo)
                    .text(name)
                    .run();
            known = find(sql, kind, vo, name);
        }
        return known.get(0);
    }

    /** Sees to it that these storage elements have numbers. */
    public void nameStorageElements(Collection<SeName> names) {
        TreeSet<SeName> missing = new TreeSet<>(names);
        statement("select name from dms.storage_element where name = any(?)")
                .texts(missing, SeName::text)
                .rows(row -> new SeName(row.text("name")))
                .forEach(missing::remove);
        if (!missing.isEmpty()) {
            statement("""
                            insert into dms.storage_element (name)
                            select name from unnest(?::text[]) name order by name collate "C" on conflict do nothing""").texts(missing, SeName::text).run();
        }
    }

    /** Sees to it that this list has a number; the empty one needs none. */
    public void keep(Acl acl) {
        if (!acl.entries().isEmpty()
                && find("select id from dms.acl where md5(entries) = md5(?)", acl.text())
                        .isEmpty()) {
            statement("insert into dms.acl (entries) values (?) on conflict do nothing")
                    .text(acl.text())
                    .run();
        }
    }

    private List<Integer> find(String sql, String... values) {
        SqlStatement statement = statement(sql);
        for (String value : values) {
            statement.text(value);
        }
        return statement.rows(row -> row.integer("id"));
    }

    private SqlStatement statement(String sql) {
        return new SqlStatement(entities.unwrap(Session.class), sql);
    }
}
