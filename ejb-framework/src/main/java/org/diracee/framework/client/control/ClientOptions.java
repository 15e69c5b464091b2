/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.client.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.diracee.framework.client.boundary.ClientGrant;
import org.diracee.framework.client.boundary.ClientKeys;
import org.diracee.framework.client.boundary.NewClient;
import org.diracee.framework.client.boundary.RegisteredClient;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.framework.configuration.boundary.Proposal.Action;
import org.diracee.framework.configuration.boundary.Proposal.Edit;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.InvalidOption;
import org.diracee.kernel.configuration.OptionType;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.InvalidValue;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;

/** The options that describe registered clients, in a section of the VO in either layout of the registry. */
@ApplicationScoped
public class ClientOptions implements DeclaredOptions {

    private static final String BY_VO = "Registry/{vo}/Clients/{client}/";
    private static final String CLASSIC = "Registry/VO/{vo}/Clients/{client}/";
    private static final String OURS = "DIRAC EE";
    private static final String HEX = "[0-9a-fA-F]{64}";
    private static final String IDS = "letters, digits and ._- only, at most 64, the first a letter or digit";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** An option in both layouts. */
    private record Twin<T>(DeclaredOption<T> byVo, DeclaredOption<T> classic) {

        static <T> Twin<T> of(String name, OptionType<T> type, String meaning) {
            return new Twin<>(
                    DeclaredOption.of(BY_VO + name, type, meaning, OURS),
                    DeclaredOption.of(CLASSIC + name, type, meaning, OURS));
        }

        static <T> Twin<T> of(String name, OptionType<T> type, String standard, String meaning) {
            return new Twin<>(
                    DeclaredOption.of(BY_VO + name, type, standard, meaning, OURS),
                    DeclaredOption.of(CLASSIC + name, type, standard, meaning, OURS));
        }

        T read(Configuration configuration, VoName vo, String client) {
            return find(configuration, vo, client)
                    .or(() -> byVo.standardValue())
                    .orElseThrow();
        }

        Optional<T> find(Configuration configuration, VoName vo, String client) {
            return byVo.find(configuration, vo.text(), client).or(() -> classic.find(configuration, vo.text(), client));
        }
    }

    private static final Twin<Boolean> APPROVED = Twin.of(
            "Approved",
            OptionType.yesNo(),
            "no",
            "Whether the client is let in. Taking it back ends its sessions and tokens within seconds.");
    private static final Twin<Instant> TOKENS_FROM = Twin.of(
            "TokensFrom",
            OptionType.value("a time like 2026-11-26T22:00:00Z", ClientOptions::time),
            "Access tokens that it was given before this time count no more. Written when the client is added, let in or kept out; who"
                    + " registers a client by hand under an id that there was before sets it to the present.");
    private static final Twin<UserName> USER = Twin.of(
            "User", OptionType.user(), "Whom the client acts as by itself: a user that is registered for it, a robot.");
    private static final Twin<GroupName> GROUP = Twin.of(
            "Group", OptionType.group(), "The group in which it acts as that user; by default the VO's default group.");
    private static final Twin<List<ClientGrant>> GRANTS = Twin.of(
            "Grants",
            OptionType.listOf(OptionType.choice(ClientGrant.texts().toArray(String[]::new))
                    .as(ClientGrant::of)),
            ClientGrant.CLIENT_CREDENTIALS.text(),
            "What it may come with to the token route.");
    private static final Twin<String> SECRET_HASH = Twin.of(
            "SecretHash",
            OptionType.value("a SHA-256 in 64 hexadecimal digits", ClientOptions::digits),
            "SHA-256 of its secret, which must be 32 random bytes or more; the secret itself is nowhere here.");
    private static final Twin<String> KEYS = Twin.of(
            "Keys",
            // not as a method reference, which would need the library of keys wherever options are only listed
            OptionType.value("a JSON Web Key Set of public RSA, EC or OKP keys", text -> ClientKeys.checked(text)),
            "The public keys that sign its assertions (private_key_jwt), as a JSON Web Key Set.");
    private static final Twin<Boolean> ACT_FOR_USERS = Twin.of(
            "ActForUsers",
            OptionType.yesNo(),
            "no",
            "Whether it may exchange tokens of users of the VO for tokens by which it acts for them.");
    private static final Twin<List<String>> SCOPES = Twin.of(
            "Scopes",
            OptionType.texts(),
            "",
            "What the tokens for storage and computing elements may allow at most that it asks for.");
    private static final Twin<List<String>> AUDIENCES =
            Twin.of("Audiences", OptionType.texts(), "", "Whom those tokens may be for; others it does not get.");
    private static final Twin<Duration> REFRESH = Twin.of(
            "RefreshTokenLifetime",
            OptionType.seconds(1),
            "How long a session that it began goes on without being used; by default as the VO says.");
    private static final Twin<Duration> SESSION = Twin.of(
            "SessionLifetime",
            OptionType.seconds(1),
            "How long such a session goes on at all; by default RefreshTokenLifetime, else as the VO says.");

    private static final List<Twin<?>> TWINS = List.of(
            APPROVED,
            TOKENS_FROM,
            USER,
            GROUP,
            GRANTS,
            SECRET_HASH,
            KEYS,
            ACT_FOR_USERS,
            SCOPES,
            AUDIENCES,
            REFRESH,
            SESSION);

    @Override
    public List<DeclaredOption<?>> options() {
        List<DeclaredOption<?>> options = new ArrayList<>();
        TWINS.forEach(twin -> {
            options.add(twin.byVo());
            options.add(twin.classic());
        });
        return List.copyOf(options);
    }

    /** The ids of the VO's clients, in their order. */
    public static Set<String> names(Configuration configuration, VoName vo) {
        Set<String> names = new LinkedHashSet<>();
        for (String section : sections(vo)) {
            configuration.names(section).stream()
                    .filter(name -> configuration.hasSection(section + "/" + name))
                    .forEach(names::add);
        }
        return names;
    }

    /** Where the clients of the VO may stand; what the first says counts. */
    static List<String> sections(VoName vo) {
        return List.of("Registry/" + vo + "/Clients", "Registry/VO/" + vo + "/Clients");
    }

    /** The section in which the client stands. */
    public static String section(Configuration configuration, VoName vo, String client) {
        return sections(vo).stream()
                .map(section -> section + "/" + client)
                .filter(configuration::hasSection)
                .findFirst()
                .orElseThrow();
    }

    /** What lets the client in or keeps it out; either way, what it was given before comes to life no more. */
    public static List<Edit> decision(
            Configuration configuration, VoName vo, String client, boolean approved, Instant now) {
        return decision(section(configuration, vo, client), approved, now);
    }

    private static List<Edit> decision(String section, boolean approved, Instant now) {
        return List.of(
                set(section, APPROVED, approved ? "yes" : "no"),
                set(section, TOKENS_FROM, now.truncatedTo(ChronoUnit.MILLIS).toString()));
    }

    /**
     * What writes a new client, in the layout that the VO has.
     *
     * @throws InvalidRequest if its id cannot be one
     */
    public static List<Edit> addition(Configuration configuration, VoName vo, NewClient client, Instant now) {
        if (!ID.matcher(client.id()).matches()) {
            throw new InvalidRequest("client_id: '" + client.id() + "' cannot be the id of a client: " + IDS);
        }
        String section = sections(vo).stream()
                        .filter(clients -> configuration.hasSection(clients.substring(0, clients.lastIndexOf('/'))))
                        .findFirst()
                        .orElse(sections(vo).get(0))
                + "/" + client.id();
        List<Edit> edits = new ArrayList<>(decision(section, client.approved(), now));
        add(edits, section, USER, client.user().map(UserName::text));
        add(edits, section, GROUP, client.group().map(GroupName::text));
        add(
                edits,
                section,
                GRANTS,
                list(client.grants().stream().map(ClientGrant::text).toList()));
        add(edits, section, ACT_FOR_USERS, client.actsForUsers() ? Optional.of("yes") : Optional.empty());
        add(edits, section, SCOPES, list(client.scopes()));
        add(edits, section, AUDIENCES, list(client.audiences()));
        add(edits, section, REFRESH, client.refreshTokenLifetime().map(life -> Long.toString(life.toSeconds())));
        add(edits, section, SESSION, client.sessionLifetime().map(life -> Long.toString(life.toSeconds())));
        add(edits, section, SECRET_HASH, client.secretHash());
        add(edits, section, KEYS, client.keys());
        return edits;
    }

    /** What takes the client out, wherever it stands; empty if it does not. */
    public static List<Edit> removal(Configuration configuration, VoName vo, String client) {
        return sections(vo).stream()
                .map(section -> section + "/" + client)
                .filter(configuration::hasSection)
                .map(section -> new Edit(Action.REMOVE, section, ""))
                .toList();
    }

    private static void add(List<Edit> edits, String section, Twin<?> option, Optional<String> value) {
        value.ifPresent(text -> edits.add(set(section, option, text)));
    }

    private static Optional<String> list(List<String> values) {
        return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
    }

    private static Edit set(String section, Twin<?> option, String value) {
        return new Edit(Action.SET, section + "/" + option.byVo().path().name(), value);
    }

    /** @throws InvalidOption if an option is not what it can be */
    public static RegisteredClient client(Configuration configuration, VoName vo, String id) {
        if (!ID.matcher(id).matches()) {
            throw new InvalidOption(section(configuration, vo, id), "", IDS);
        }
        List<ClientGrant> grants = GRANTS.read(configuration, vo, id);
        return new RegisteredClient(
                id,
                vo,
                APPROVED.read(configuration, vo, id),
                TOKENS_FROM.find(configuration, vo, id),
                USER.find(configuration, vo, id),
                GROUP.find(configuration, vo, id),
                grants.isEmpty() ? Set.of() : EnumSet.copyOf(grants),
                SECRET_HASH.find(configuration, vo, id),
                KEYS.find(configuration, vo, id),
                ACT_FOR_USERS.read(configuration, vo, id),
                SCOPES.read(configuration, vo, id),
                AUDIENCES.read(configuration, vo, id),
                REFRESH.find(configuration, vo, id),
                SESSION.find(configuration, vo, id));
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException noTime) {
            throw new InvalidValue("time", text, "a time like 2026-11-26T22:00:00Z");
        }
    }

    private static String digits(String text) {
        if (!text.matches(HEX)) {
            throw new InvalidValue("hash of the secret", "", "64 hexadecimal digits");
        }
        return text.toLowerCase(Locale.ROOT);
    }
}
