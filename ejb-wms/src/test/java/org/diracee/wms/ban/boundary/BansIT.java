/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.ban.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.paging.Page;
import org.diracee.kernel.paging.PageRequest;
import org.diracee.kernel.value.SiteName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.fixture.WmsServices;
import org.junit.jupiter.api.Test;

class BansIT {

    private static final PageRequest ALL = new PageRequest(100, Optional.empty());

    private final WmsServices wms = new WmsServices();
    private final Caller.User olga = wms.user("olga", Property.OPERATOR);
    private final Caller.User root = wms.user("root", Property.SERVICE_ADMINISTRATOR);
    private final WmsServices others = new WmsServices();
    // bans for all VOs are seen by all tests
    private final SiteName site = new SiteName("DIRAC." + UUID.randomUUID() + ".test");
    private final BanTarget target = new BanTarget(BannedKind.SITE, site.text());

    private Ban ban(Caller.User caller, boolean everyVo, String reason, Optional<Instant> until) {
        Ban ban = wms.in(services -> services.bans.ban(caller, target, everyVo, reason, until));
        wms.banList.refresh();
        return ban;
    }

    private void allow(Caller.User caller, Ban ban, String reason) {
        wms.database.transact(() -> wms.bans.allow(caller, ban.id(), reason));
        wms.banList.refresh();
    }

    private List<Ban> inForce(Caller caller) {
        return wms.in(services -> services.bans.inForce(caller)).stream()
                .filter(ban -> ban.target().equals(target))
                .toList();
    }

    private boolean isStopped(VoName vo) {
        return wms.banList.stopping(vo, site, Optional.empty()).isPresent();
    }

    private List<String> history(Caller caller) {
        return wms.in(services -> services.bans.history(caller, target, ALL)).items().stream()
                .map(one -> one.reason()
                        + one.end()
                                .map(end -> "; " + end.author() + ": " + end.reason())
                                .orElse(""))
                .toList();
    }

    @Test
    void anOperatorBansForTheVoOfHisOwnAndAnAdministratorForAll() {
        ban(olga, false, "our software is broken there", Optional.empty());
        assertThat(isStopped(wms.vo)).isTrue();
        assertThat(isStopped(others.vo)).isFalse();
        assertThatThrownBy(() -> ban(olga, true, "x", Optional.empty()))
                .isInstanceOf(Forbidden.class)
                .hasMessageContaining("ServiceAdministrator");

        Ban everywhere = ban(root, true, "downtime", Optional.empty());
        assertThat(isStopped(others.vo)).isTrue();
        assertThatThrownBy(() -> allow(olga, everywhere, "x")).isInstanceOf(Forbidden.class);
        allow(root, everywhere, "over");
        assertThat(isStopped(others.vo)).isFalse();
        assertThat(isStopped(wms.vo)).isTrue();
    }

    @Test
    void anAdministratorOfASiteBansThatSiteAloneAndLiftsNoBanOfOthers() {
        Caller.User sonja = wms.user("sonja", Property.SITE_MANAGER);
        assertThatThrownBy(() -> ban(sonja, true, "x", Optional.empty()))
                .isInstanceOf(Forbidden.class)
                .hasMessageContaining("none");
        wms.configuration.set(Map.of(
                "Registry",
                Map.of(
                        wms.vo.text(),
                        Map.of("Groups", Map.of("users", Map.of("Properties", "SiteManager", "Sites", site.text()))))));
        Ban made = ban(sonja, true, "cooling", Optional.empty());
        assertThat(isStopped(others.vo)).isTrue();
        allow(sonja, made, "cool");
        assertThat(isStopped(others.vo)).isFalse();

        Ban above = ban(root, true, "downtime", Optional.empty());
        assertThatThrownBy(() -> allow(sonja, above, "x"))
                .isInstanceOf(Forbidden.class)
                .hasMessageContaining("root");
        assertThatThrownBy(() -> ban(
                        sonja, true, "shorter", Optional.of(wms.clock.instant().plusSeconds(1))))
                .isInstanceOf(Forbidden.class)
                .hasMessageContaining("root");
        allow(root, above, "over");
    }

    @Test
    void theHistoryTellsWhoBannedAndAllowedAndWhy() {
        Ban first = ban(olga, false, "cooling", Optional.empty());
        assertThat(ban(olga, false, "cooling", Optional.empty())).isEqualTo(first);
        Ban longer = ban(root, false, "cooling and power", Optional.empty());
        allow(olga, longer, "cool again");
        ban(olga, false, "test", Optional.of(wms.clock.instant().plusSeconds(60)));
        wms.clock.advance(Duration.ofSeconds(61));
        ban(olga, false, "again", Optional.empty());

        assertThat(history(wms.alice))
                .containsExactly(
                        "again",
                        "test; : its time was over",
                        "cooling and power; olga: cool again",
                        "cooling; root: another ban took its place");
        assertThat(history(others.alice)).isEmpty();
        Page<Ban> page =
                wms.in(services -> services.bans.history(wms.alice, target, new PageRequest(3, Optional.empty())));
        assertThat(page.items()).hasSize(3);
        Page<Ban> rest = wms.in(services -> services.bans.history(wms.alice, target, new PageRequest(3, page.next())));
        assertThat(rest.items()).extracting(Ban::id).containsExactly(first.id());
        assertThat(rest.next()).isEmpty();
    }

    @Test
    void aBanThatIsOverIsNeitherInForceNorLiftable() {
        Ban ban = ban(olga, false, "short", Optional.of(wms.clock.instant().plusSeconds(60)));
        assertThat(inForce(wms.alice)).containsExactly(ban);
        assertThat(inForce(others.alice)).isEmpty();

        wms.clock.advance(Duration.ofSeconds(61));

        assertThat(isStopped(wms.vo)).isFalse();
        assertThat(inForce(wms.alice)).isEmpty();
        assertThatThrownBy(() -> allow(olga, ban, "x")).isInstanceOf(BanNotFound.class);
    }

    @Test
    void whatMakesNoSenseIsRefusedAndAnUnknownNameIsToldOf() {
        assertThatThrownBy(() -> ban(olga, false, " ", Optional.empty())).isInstanceOf(InvalidRequest.class);
        assertThatThrownBy(() -> ban(olga, false, "late", Optional.of(wms.clock.instant())))
                .hasMessageContaining("is over");
        assertThatThrownBy(() ->
                        allow(others.user("otto", Property.OPERATOR), ban(olga, false, "a", Optional.empty()), "x"))
                .isInstanceOf(BanNotFound.class);
        assertThatThrownBy(() -> BannedKind.named("queue")).hasMessageContaining("site, ce");

        assertThat(wms.bans.warning(target))
                .hasValueSatisfying(text -> assertThat(text).contains("is the name right?"));
        assertThat(wms.bans.warning(new BanTarget(BannedKind.SITE, "DIRAC.Local.test")))
                .isEmpty();
    }

    @Test
    void tellsWhichPlacesAreUsable() {
        ban(olga, false, "x", Optional.empty());

        assertThat(wms.banList.allows(Optional.of(wms.vo), site.text(), Optional.empty()))
                .isFalse();
        assertThat(wms.banList.allows(Optional.of(others.vo), site.text(), Optional.of("ce")))
                .isTrue();
        assertThat(wms.banList.allows(Optional.empty(), site.text(), Optional.empty()))
                .isTrue();
        ban(root, true, "x", Optional.empty());
        assertThat(wms.banList.allows(Optional.empty(), site.text(), Optional.empty()))
                .isFalse();
    }
}
