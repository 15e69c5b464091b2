/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.SiteName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.fixture.MovableClock;
import org.diracee.wms.fixture.WmsDatabase;
import org.diracee.wms.fixture.WmsServices;
import org.diracee.wms.pilot.boundary.PilotQuery.Filter;
import org.diracee.wms.pilot.boundary.PilotQuery.Order;
import org.diracee.wms.pilot.control.PilotReading;
import org.diracee.wms.pilot.entity.PilotSearchRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PilotMonitoringIT {

    private static int vos;

    private final WmsDatabase database = WmsDatabase.shared();
    private final VoName vo = new VoName("seen" + ++vos);
    private final WmsServices.SomeSuspended suspended = new WmsServices.SomeSuspended();
    private final WmsServices wms = new WmsServices();
    private final PilotMonitoring monitoring = new PilotMonitoring(
            new PilotSearchRepository(database.entities()),
            new PilotReading(wms.managed),
            suspended,
            wms.banList,
            wms.snapshots(),
            new MovableClock());
    private final Caller.User alice = user(vo, Property.NORMAL_USER);

    @BeforeEach
    void addPilots() {
        add("a", vo, "Running", 1.5, "2026-08-25T14:30:05Z", 11);
        add("b", vo, "Done", 2.5, "2026-08-26T00:00:00Z", 12);
        add("c", vo, "Done", 3.5, "2026-09-01T00:00:00Z", 12);
        add("d", new VoName(vo + "x"), "Done", 3.5, "2026-09-01T00:00:00Z", 13);
    }

    @ParameterizedTest(name = "{0} {1} {2}: {3}")
    @CsvSource({
        "Status, eq, Done, b c",
        "Status, neq, Done, a",
        "Status, like, D%, b c",
        "Status, not like, D%, a",
        "Status, regex, ^(Run|Fail), a",
        "Status, gt, Done, a",
        "Status, in, Done|Running, a b c",
        "Status, not in, Done, a",
        "Status, in, '', ''",
        "Status, not in, '', a b c",
        "PilotStamp, eq, a, a",
        "BenchMark, gt, 2, b c",
        "BenchMark, eq, 2.5, b",
        "CurrentJobID, lt, 12, a",
        "CurrentJobID, in, 11|12, a b c",
        "JobID, eq, 11, a",
        "JobID, in, 12|13, b c",
        "SubmissionTime, eq, 2026-08, a b",
        "SubmissionTime, gt, 2026-08-25, b c",
        "SubmissionTime, lt, 2026-08-26, a",
        "SubmissionTime, neq, 2026-08-25, b c",
        "SubmissionTime, in, 2026-08-25|2026-09-01, a c",
        "AccountingSent, eq, false, a b c",
        "AccountingSent, neq, false, ''",
    })
    void findsByEachKindOfColumn(String parameter, String operator, String value, String stamps) {
        assertThat(stamps(search(filter(parameter, operator, value)))).isEqualTo(stamps);
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({
        "Nonsense, eq, x, search[0].parameter: Unknown column 'Nonsense'",
        "Status, is, x, search[0].operator: 'is' is unknown",
        "PilotID, like, 1, search[0].operator: 'like' cannot be used with PilotID",
        "PilotID, eq, one, search[0]: 'one' is no value of PilotID; allowed is a whole number",
        "JobID, gt, 1, search[0].operator: 'gt' cannot be used with JobID; usable are eq",
        "SubmissionTime, eq, soon, search[0]: 'soon' is no value of SubmissionTime",
        "SubmissionTime, regex, 2026, search[0].operator: 'regex' cannot be used with SubmissionTime",
        "SubmissionTime, in, 2026|2026-08, search[0].values: the times must all have the same precision",
        "AccountingSent, eq, maybe, search[0]: 'maybe' is no value of AccountingSent",
        "Status, like, 'x\\', search[0]: 'x\\' is no value of Status",
        "Status, regex, '(', A value is no regular expression",
    })
    void saysWhatIsWrongWithASearch(String parameter, String operator, String value, String start) {
        assertThatThrownBy(() -> search(filter(parameter, operator, value)))
                .isInstanceOf(DiracException.class)
                .hasMessageStartingWith(start)
                .extracting(failure -> ((DiracException) failure).code())
                .isEqualTo(ErrorCode.INVALID_SEARCH);
    }

    @Test
    void takesNothingOfASearchForSql() {
        assertThat(stamps(search(filter("Status", "eq", "x' or 'a'='a")))).isEmpty();
        assertThatThrownBy(() -> search(filter("id; drop table wms.pilot", "eq", "1")))
                .isInstanceOf(DiracException.class);
    }

    @Test
    void needsTheValueThatTheOperatorLooksAt() {
        Filter lacking = new Filter("Status", "in", Optional.of("Done"), Optional.empty());
        assertThatThrownBy(() -> search(lacking))
                .hasMessage("search[0].values: missing; the operator 'in' needs a list");
        Filter both = new Filter("PilotID", "eq", Optional.of("1"), Optional.empty());
        assertThatThrownBy(() -> search(both, filter("JobID", "eq", "1")))
                .hasMessage("search: JobID and PilotID cannot both be asked for");
    }

    @Test
    void showsTheColumnsAskedForInTheOrderAskedFor() {
        PilotQuery query = new PilotQuery(
                Optional.of(List.of("Status", "PilotStamp")), List.of(), List.of(new Order("BenchMark", true)), false);
        FoundPilots found = database.inTransaction(() -> monitoring.search(alice, query, 1, 2));
        assertThat(found.total()).isEqualTo(3);
        assertThat(found.rows()).extracting(row -> row.get("PilotStamp")).containsExactly(stamp("c"), stamp("b"));
        assertThat(found.rows().get(0)).containsOnlyKeys("PilotStamp", "Status");
        FoundPilots rest = database.inTransaction(() -> monitoring.search(alice, query, 2, 2));
        assertThat(rest.rows()).hasSize(1);
        assertThat(rest.first()).isEqualTo(2);
        FoundPilots past = database.inTransaction(() -> monitoring.search(alice, query, 9, 2));
        assertThat(past.rows()).isEmpty();
        assertThat(past.total()).isEqualTo(3);
    }

    @Test
    void showsEqualRowsOnce() {
        PilotQuery query = new PilotQuery(Optional.of(List.of("Status")), List.of(), List.of(), true);
        assertThat(database.inTransaction(() -> monitoring.search(alice, query, 1, 1))
                        .total())
                .isEqualTo(2);
        PilotQuery unordered =
                new PilotQuery(Optional.of(List.of("Status")), List.of(), List.of(new Order("Queue", false)), true);
        assertThatThrownBy(() -> database.inTransaction(() -> monitoring.search(alice, unordered, 1, 1)))
                .hasMessage("sort[0].parameter: Queue must be one of the parameters if distinct is true");
        PilotQuery unknown = new PilotQuery(Optional.of(List.of("Nonsense")), List.of(), List.of(), false);
        assertThatThrownBy(() -> database.inTransaction(() -> monitoring.search(alice, unknown, 1, 1)))
                .hasMessageStartingWith("parameters: Unrecognised parameters requested: Nonsense");
    }

    @Test
    void counts() {
        List<PilotGroup> groups = database.inTransaction(() -> monitoring.summary(alice, List.of("Status"), List.of()));
        assertThat(groups)
                .containsExactlyInAnyOrder(
                        new PilotGroup(Map.of("Status", Optional.of("Running")), 1),
                        new PilotGroup(Map.of("Status", Optional.of("Done")), 2));
        assertThat(database.inTransaction(() -> monitoring.summary(alice, List.of(), List.of())))
                .hasSize(3);
    }

    @Test
    void tellsHowPilotsFareAtEachResource() {
        suspended.sites.add(new SiteName("LCG.Closed.org"));
        database.query(
                "insert into wms.pilot (stamp, vo, status, grid_site, destination_site, submission_time, last_update_time)"
                        + " select '%s' || n, '%s', 'Aborted', 'LCG.Closed.org', 'ce' || n %% 2, now(),"
                        + " now() - n * interval '59 minutes' from generate_series(1, 3) n",
                vo, vo);

        List<PilotsAtResource> found =
                database.inTransaction(() -> monitoring.resources(alice, List.of(), List.of(), false));

        assertThat(found)
                .extracting(one -> one.site() + " " + one.computingElement().orElse("") + " " + one.total())
                .containsExactly("LCG.Closed.org ce0 1", "LCG.Closed.org ce1 2", "Unknown NotAssigned 3");
        PilotsAtResource closed = found.get(1);
        assertThat(closed.count(PilotStatus.ABORTED)).isEqualTo(2);
        assertThat(closed.abortedInLastHour()).isEqualTo(1);
        assertThat(closed.isUsable()).isFalse();
        PilotsAtResource open = found.get(2);
        assertThat(open.doneEmpty()).isEqualTo(2);
        assertThat(open.isUsable()).isTrue();
        assertThat(database.inTransaction(
                        () -> monitoring.resources(alice, List.of("LCG.Closed.org"), List.of(), true)))
                .singleElement()
                .satisfies(site -> {
                    assertThat(site.total()).isEqualTo(3);
                    assertThat(site.computingElement()).isEmpty();
                });
    }

    @Test
    void showsOtherVosToServiceAdministratorsAlone() {
        Filter both = filter("PilotStamp", "like", vo + "%");
        Caller.User admin = user(vo, Property.SERVICE_ADMINISTRATOR);
        assertThat(rows(admin, both)).hasSize(4);
        assertThat(rows(alice, both)).hasSize(3);
        assertThatThrownBy(() -> rows(user(vo, Property.GENERIC_PILOT), both)).isInstanceOf(Forbidden.class);
    }

    private FoundPilots search(Filter... filters) {
        PilotQuery query = new PilotQuery(Optional.empty(), List.of(filters), List.of(), false);
        return database.inTransaction(() -> monitoring.search(alice, query, 1, 100));
    }

    private List<Map<String, Optional<Object>>> rows(Caller caller, Filter filter) {
        PilotQuery query = new PilotQuery(Optional.empty(), List.of(filter), List.of(), false);
        return database.inTransaction(() -> monitoring.search(caller, query, 1, 100))
                .rows();
    }

    private Filter filter(String parameter, String operator, String value) {
        String meant = parameter.equals("PilotStamp") && operator.equals("eq") ? vo + value : value;
        return operator.endsWith("in")
                ? new Filter(
                        parameter,
                        operator,
                        Optional.empty(),
                        Optional.of(value.isEmpty() ? List.of() : Arrays.asList(value.split("\\|", -1))))
                : new Filter(parameter, operator, Optional.of(meant), Optional.empty());
    }

    private String stamps(FoundPilots found) {
        List<String> stamps = found.rows().stream()
                .map(row -> (String)
                        row.getOrDefault("PilotStamp", Optional.empty()).orElseThrow())
                .map(stamp -> stamp.substring(vo.text().length()))
                .toList();
        return String.join(" ", stamps);
    }

    private Optional<Object> stamp(String name) {
        return Optional.of(vo + name);
    }

    private static Caller.User user(VoName vo, Property property) {
        return new Caller.User("sub", new UserName("somebody"), new GroupName("users"), vo, Set.of(property));
    }

    private void add(String name, VoName of, String status, double benchmark, String submitted, int job) {
        database.query(
                "insert into wms.pilot (stamp, vo, status, benchmark, submission_time, last_update_time, current_job_id) "
                        + "values ('%s%s', '%s', '%s', %s, '%s', now(), %s)",
                vo, name, of, status, Double.toString(benchmark), submitted, job);
        database.query(
                "insert into wms.pilot_job (pilot_stamp, job_id, attempt, started) values ('%s%s', %s, 1, now())",
                vo, name, job);
    }
}
