/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.stream.Stream;
import org.diracee.framework.configuration.control.CfgWriter;
import org.diracee.framework.configuration.control.ConfigurationDocument;
import org.diracee.framework.configuration.control.ConfigurationEntry;
import org.diracee.framework.configuration.control.ConfigurationPath;
import org.diracee.framework.configuration.control.ConfigurationSchema;
import org.diracee.framework.configuration.control.ConfigurationSection;
import org.diracee.framework.configuration.control.HeldConfiguration;
import org.diracee.framework.configuration.control.YamlWriter;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.DeclaredOption;

/** Shows the configuration in force: it holds no secrets. Works from memory, also while the database is away. */
@ApplicationScoped
public class ConfigurationReading {

    private static final String OPERATIONS = "Operations/";

    private ConfigurationService configuration;
    private ConfigurationRevisions revisions;
    private ConfigurationSchema schema;

    protected ConfigurationReading() {} // for the container's proxy

    @Inject
    public ConfigurationReading(
            ConfigurationService configuration, ConfigurationRevisions revisions, ConfigurationSchema schema) {
        this.configuration = configuration;
        this.revisions = revisions;
        this.schema = schema;
    }

    /** The snapshot is the same object as long as its revision is in force. */
    @Requires(callers = {CallerKind.USER, CallerKind.PILOT, CallerKind.JOB})
    public CurrentConfiguration current(Caller caller) {
        HeldConfiguration held = configuration.held();
        return new CurrentConfiguration(
                held.snapshot(), held.revision().hash(), held.revision().created());
    }

    /**
     * A section of the document as text, comments included.
     *
     * @param number the revision in force unless given
     * @throws NoSuchRevision if there is none of this number
     * @throws NoSuchEntry if there is no such section
     */
    @Requires
    public ConfigurationText text(Caller caller, String path, TextFormat format, Optional<Long> number) {
        HeldConfiguration shown = number.map(this::revision).orElseGet(configuration::held);
        ConfigurationPath at = ConfigurationPath.of(path);
        ConfigurationDocument document = part(shown, at);
        return new ConfigurationText(
                shown.revision(),
                at.toString(),
                format,
                switch (format) {
                    case CFG -> CfgWriter.write(document);
                    case YAML -> YamlWriter.write(document, schema::kind);
                });
    }

    /**
     * The value of an option that counts, and where it stands. An option that is acted on and has no value counts as not given.
     *
     * @param path in {@code /Operations} the VO's own value counts, else that for all VOs; with a VO given, the path may also
     *     name the option in {@code /Operations/Defaults}, or start below the VO's section, without a slash
     */
    @Requires
    public EffectiveOption option(Caller caller, String path, Optional<String> vo) {
        String asked = vo.map(name -> ofVo(path, name)).orElse(path.startsWith("/") ? path.substring(1) : path);
        ConfigurationPath at = ConfigurationPath.of(asked);
        Configuration snapshot = configuration.current();
        Optional<DeclaredOption<?>> declared = schema.declaration(asked);
        Optional<String> source = Stream.concat(Stream.of(asked), defaults(at).stream())
                .filter(place -> snapshot.option(place)
                        .filter(text -> declared.isEmpty() || !text.isBlank())
                        .isPresent())
                .findFirst();
        return new EffectiveOption(
                at.toString(),
                source.flatMap(snapshot::option).or(() -> declared.flatMap(DeclaredOption::standard)),
                source.map(found -> "/" + found),
                declared);
    }

    private static String ofVo(String path, String vo) {
        String defaults = "/" + OPERATIONS + "Defaults/";
        if (path.startsWith(defaults)) {
            return OPERATIONS + vo + "/" + path.substring(defaults.length());
        }
        return path.startsWith("/") ? path.substring(1) : OPERATIONS + vo + "/" + path;
    }

    private HeldConfiguration revision(long number) {
        HeldConfiguration held = configuration.held();
        long latest = held.revision().number();
        return number == latest ? held : revisions.find(number).orElseThrow(() -> new NoSuchRevision(number, latest));
    }

    private static ConfigurationDocument part(HeldConfiguration shown, ConfigurationPath at) {
        if (at.isRoot()) {
            return shown.document();
        }
        Optional<ConfigurationEntry> entry = shown.document().entry(at);
        if (entry.isEmpty()) {
            throw new NoSuchEntry(at.toString(), shown.revision().number());
        }
        return entry.get() instanceof ConfigurationSection section
                ? ConfigurationDocument.of(section)
                : ConfigurationDocument.empty().with("/" + at.name(), entry.get());
    }

    private static Optional<String> defaults(ConfigurationPath at) {
        return at.names().size() < 3 || !at.names().get(0).equals("Operations")
                ? Optional.empty()
                : Optional.of(OPERATIONS + "Defaults/"
                        + String.join("/", at.names().subList(2, at.names().size())));
    }

    /**
     * The value of an option that counts.
     *
     * @param value empty if it has none, not even by default
     * @param source path at which the value stands; empty for a default
     * @param declaration empty if nothing reads the option
     */
    public record EffectiveOption(
            String path, Optional<String> value, Optional<String> source, Optional<DeclaredOption<?>> declaration) {}

    /** A part of a revision as text. */
    public record ConfigurationText(Revision revision, String path, TextFormat format, String text) {}
}
