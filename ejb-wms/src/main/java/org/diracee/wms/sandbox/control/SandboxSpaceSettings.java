/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;

/** How much of the store a VO and its users may fill. */
@ApplicationScoped
public class SandboxSpaceSettings implements DeclaredOptions {

    private static final String SECTION = "Operations/{vo}/SandboxStore/";
    private static final String NAME = "MaxSpaceMiB";
    private static final OptionType<Long> MEBIBYTES = OptionType.size("MiB", 1024L * 1024, 0);

    private static final DeclaredOption<Long> VO = DeclaredOption.of(
            SECTION + NAME, MEBIBYTES, "1048576", "Space that all sandboxes of the VO may take together.", "DIRAC EE");
    private static final DeclaredOption<Long> EVERY_USER = DeclaredOption.of(
            SECTION + "PerUser/" + NAME,
            MEBIBYTES,
            "20480",
            "Space that the sandboxes of one user may take, those of his jobs included.",
            "DIRAC EE");
    private static final DeclaredOption<Long> USER = DeclaredOption.of(
            SECTION + "Users/{user}/" + NAME,
            MEBIBYTES,
            "Space of this user, in place of that of each user.",
            "DIRAC EE");

    private ConfigurationService configuration;

    protected SandboxSpaceSettings() {} // for the container's proxy

    @Inject
    public SandboxSpaceSettings(ConfigurationService configuration) {
        this.configuration = configuration;
    }

    /** A limit in force, in bytes, and where it is written. */
    public record Limit(long bytes, String option) {}

    /** The limit of the VO as a whole. */
    public Limit ofVo(VoName vo) {
        Configuration snapshot = configuration.current();
        return given(snapshot, VO, vo).orElseGet(() -> unlessGiven(snapshot, VO, vo));
    }

    /** The limit of one user: his own, else the one for every user. */
    public Limit ofUser(VoName vo, UserName user) {
        Configuration snapshot = configuration.current();
        return given(snapshot, USER, vo, user.text())
                .or(() -> given(snapshot, EVERY_USER, vo))
                .orElseGet(() -> unlessGiven(snapshot, EVERY_USER, vo));
    }

    private static Optional<Limit> given(
            Configuration snapshot, DeclaredOption<Long> option, VoName vo, String... more) {
        for (String section : List.of(vo.text(), "Defaults")) {
            List<String> names = new ArrayList<>(List.of(section));
            names.addAll(List.of(more));
            String[] place = names.toArray(String[]::new);
            Optional<Long> bytes = option.find(snapshot, place);
            if (bytes.isPresent()) {
                return Optional.of(new Limit(bytes.get(), option.path().at(place)));
            }
        }
        return Optional.empty();
    }

    private static Limit unlessGiven(Configuration snapshot, DeclaredOption<Long> option, VoName vo) {
        return new Limit(option.read(snapshot, vo), option.path().at(vo.text()));
    }

    @Override
    public List<DeclaredOption<?>> options() {
        return List.of(VO, EVERY_USER, USER);
    }
}
