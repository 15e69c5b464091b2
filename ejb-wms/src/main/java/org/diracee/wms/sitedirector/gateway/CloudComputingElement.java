/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import static org.diracee.wms.log.boundary.WmsLog.LOG;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.pilot.boundary.PilotOutput;
import org.diracee.wms.sitedirector.control.CeQueue;
import org.diracee.wms.sitedirector.control.ComputingElement;
import org.diracee.wms.sitedirector.control.ComputingElementFailure;
import org.diracee.wms.sitedirector.control.Occupancy;
import org.diracee.wms.sitedirector.control.PilotLaunch;
import org.diracee.wms.sitedirector.control.PilotProcess;
import org.diracee.wms.sitedirector.control.SubmissionOutcome;
import org.diracee.wms.sitedirector.control.SubmittedPilot;

/**
 * Runs each pilot in an instance of its own in an OpenStack cloud. cloud-init starts the pilot and powers the instance off when it has
 * ended; the instance is deleted when the pilot is tidied up after. Instances of no pilot that is known, and those that got too old, are
 * deleted whenever the cloud is asked for its occupancy. A call takes at most a minute.
 *
 * @see "OpenStack Compute API v2.1"
 */
@ApplicationScoped
public class CloudComputingElement implements ComputingElement {

    private static final Duration LIMIT = Duration.ofSeconds(50);

    /** Until then a submission may not have been noted. */
    private static final Duration YOUNG = Duration.ofMinutes(5);

    private static final int CONSOLE_LINES = 1000;
    private static final int OUTPUT_KEPT = 64 * 1024;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int SERVER_FAILURE = 500;

    private CloudSettings settings;
    private PilotBootstrap bootstrap;
    private OpenStack openStack;
    private Registry registry;
    private Clock clock;

    protected CloudComputingElement() {} // for the container's proxy

    @Inject
    public CloudComputingElement(
            CloudSettings settings, PilotBootstrap bootstrap, OpenStack openStack, Registry registry, Clock clock) {
        this.settings = settings;
        this.bootstrap = bootstrap;
        this.openStack = openStack;
        this.registry = registry;
        this.clock = clock;
    }

    @Override
    public String type() {
        return "Cloud";
    }

    @Override
    public List<SubmissionOutcome> submit(CeQueue queue, List<PilotLaunch> launches) {
        OpenStack.Nova nova = openStack.nova(queue, launches.get(0).vo(), LIMIT);
        String image = id(nova, queue, "images", "Instance_Image", settings.image(queue));
        String flavor = id(nova, queue, "flavors", "Instance_Flavor", settings.flavor(queue));
        List<SubmissionOutcome> outcomes = new ArrayList<>();
        Optional<String> stop = Optional.empty();
        for (PilotLaunch pilot : launches) {
            if (stop.isEmpty() && !nova.isTimeLeft()) {
                stop = Optional.of("the cloud took more than " + LIMIT.toSeconds() + " s for those before");
            }
            if (stop.isPresent()) {
                outcomes.add(new SubmissionOutcome.Refused(pilot.stamp(), stop.get()));
                continue;
            }
            try {
                OpenStack.Answer answer =
                        nova.call("POST", "/servers", Optional.of(request(queue, pilot, image, flavor)));
                String id = answer.body().path("server").path("id").asText();
                if (!answer.isFailure() && !id.isEmpty()) {
                    outcomes.add(new SubmissionOutcome.Accepted(
                            pilot.stamp(), new CloudReference(id, pilot.vo()).toString()));
                } else if (answer.status() >= SERVER_FAILURE) {
                    outcomes.add(new SubmissionOutcome.Undecided(pilot.stamp(), "Nova answers " + answer.reason()));
                } else {
                    stop = Optional.of(refusal(nova, answer));
                    outcomes.add(new SubmissionOutcome.Refused(pilot.stamp(), stop.get()));
                }
            } catch (OpenStack.NoAnswer broken) {
                outcomes.add(new SubmissionOutcome.Undecided(pilot.stamp(), broken.detail()));
            }
        }
        if (stop.isPresent() && outcomes.stream().allMatch(SubmissionOutcome.Refused.class::isInstance)) {
            // a cloud that is full is left alone for a while
            throw new ComputingElementFailure(stop.get());
        }
        return outcomes;
    }

    private Map<String, Object> request(CeQueue queue, PilotLaunch pilot, String image, String flavor) {
        Map<String, Object> server = new LinkedHashMap<>();
        server.put("name", CloudServer.PREFIX + pilot.stamp());
        server.put("imageRef", image);
        server.put("flavorRef", flavor);
        server.put(
                "metadata",
                Map.of(CloudServer.STAMP_KEY, pilot.stamp().text(), CloudServer.MARK_KEY, settings.mark(queue)));
        List<String> networks = settings.networks(queue);
        if (!networks.isEmpty()) {
            server.put(
                    "networks", networks.stream().map(id -> Map.of("uuid", id)).toList());
        }
        settings.sshKey(queue).ifPresent(name -> server.put("key_name", name));
        server.put(
                "user_data",
                CloudInit.userData(bootstrap.script(queue, pilot), pilot.secret(), settings.packages(queue)));
        return Map.of("server", server);
    }

    /** The one that is called so; of several of a name the one that Nova names first, the newest. */
    private static String id(OpenStack.Nova nova, CeQueue queue, String kind, String option, String wanted) {
        List<JsonNode> known = nova.list("/" + kind, kind);
        return Stream.of("id", "name")
                .flatMap(field ->
                        known.stream().filter(one -> one.path(field).asText().equals(wanted)))
                .map(one -> one.path("id").asText())
                .findFirst()
                .orElseThrow(
                        () -> new ComputingElementFailure(option + " of " + queue.computingElement() + " is '" + wanted
                                + "', but the cloud has only "
                                + known.stream()
                                        .map(one -> one.path("name").asText())
                                        .limit(20)
                                        .collect(Collectors.joining(", "))));
    }

    /** With the quota, as Nova names but the first that was not enough. */
    private static String refusal(OpenStack.Nova nova, OpenStack.Answer answer) {
        String reason = "Nova takes no instance: " + answer.reason();
        if (answer.status() != FORBIDDEN) {
            return reason;
        }
        try {
            JsonNode limits = nova.get("/limits").path("limits").path("absolute");
            return reason + " (used: instances " + used(limits, "totalInstancesUsed", "maxTotalInstances") + ", cores "
                    + used(limits, "totalCoresUsed", "maxTotalCores") + ", RAM in MB "
                    + used(limits, "totalRAMUsed", "maxTotalRAMSize") + ")";
        } catch (ComputingElementFailure untold) {
            return reason;
        }
    }

    private static String used(JsonNode limits, String used, String most) {
        return limits.path(used).asText("?") + " of " + limits.path(most).asText("?");
    }

    @Override
    public Optional<String> find(CeQueue queue, PilotStamp stamp, VoName vo) {
        return servers(openStack.nova(queue, vo, LIMIT), queue, stamp.text()).stream()
                .filter(server -> server.stamp().equals(Optional.of(stamp)))
                .findFirst()
                .map(server -> new CloudReference(server.id(), vo).toString());
    }

    @Override
    public Map<PilotStamp, PilotProcess> status(CeQueue queue, Collection<SubmittedPilot> submitted) {
        Map<PilotStamp, PilotProcess> answer = new LinkedHashMap<>();
        Map<VoName, Map<PilotStamp, CloudReference>> byVo = new LinkedHashMap<>();
        for (SubmittedPilot pilot : submitted) {
            Optional<CloudReference> reference = CloudReference.parse(pilot.reference());
            if (reference.isPresent()) {
                byVo.computeIfAbsent(reference.get().vo(), vo -> new LinkedHashMap<>())
                        .put(pilot.stamp(), reference.get());
            } else {
                answer.put(
                        pilot.stamp(),
                        new PilotProcess.Unknown("'" + pilot.reference() + "' is no reference of an instance"));
            }
        }
        Instant deadline = clock.instant().plus(LIMIT);
        inAnyOrder(byVo.entrySet()).forEach(of -> {
            VoName vo = of.getKey();
            Map<PilotStamp, CloudReference> references = of.getValue();
            if (clock.instant().isAfter(deadline)) {
                references
                        .keySet()
                        .forEach(stamp ->
                                answer.put(stamp, new PilotProcess.Unknown("the cloud was too slow to be asked")));
                return;
            }
            OpenStack.Nova nova = openStack.nova(queue, vo, left(deadline));
            Map<String, CloudServer> known = servers(nova, queue, "").stream()
                    .collect(Collectors.toMap(CloudServer::id, Function.identity(), (one, other) -> one));
            references.forEach((stamp, reference) -> answer.put(
                    stamp,
                    Optional.ofNullable(known.get(reference.id()))
                            .map(server -> process(nova, server))
                            .orElseGet(CloudServer::gone)));
        });
        return answer;
    }

    /** So that it is not always the same VO for which no time is left. */
    private static <T> List<T> inAnyOrder(Collection<T> all) {
        List<T> inAnyOrder = new ArrayList<>(all);
        Collections.shuffle(inAnyOrder);
        return inAnyOrder;
    }

    private static PilotProcess process(OpenStack.Nova nova, CloudServer server) {
        if (!server.status().equals("SHUTOFF")) {
            return server.process("");
        }
        return nova.isTimeLeft()
                ? server.process(console(nova, server.id()))
                : new PilotProcess.Unknown("the cloud is too slow to tell how it ended");
    }

    /** Asks the instance to go down, which lets the pilot give its job back; one that is not up is deleted. */
    @Override
    public void kill(CeQueue queue, Collection<SubmittedPilot> condemned) {
        Instant deadline = clock.instant().plus(LIMIT);
        for (SubmittedPilot pilot : inAnyOrder(condemned)) {
            CloudReference.parse(pilot.reference()).ifPresent(reference -> {
                OpenStack.Nova nova = openStack.nova(queue, reference.vo(), left(deadline));
                OpenStack.Answer shown = nova.call("GET", "/servers/" + reference.id(), Optional.empty());
                if (shown.status() == NOT_FOUND) {
                    return;
                }
                check("show", reference, shown);
                CloudServer server = CloudServer.of(shown.body().path("server"));
                if (server.isStopping() || server.isOver()) {
                    return;
                }
                Map<String, Object> stop = new LinkedHashMap<>();
                stop.put("os-stop", null);
                if (!server.isUp()
                        || nova.call("POST", "/servers/" + reference.id() + "/action", Optional.of(stop))
                                .isFailure()) {
                    delete(nova, reference);
                }
            });
        }
    }

    @Override
    public Optional<PilotOutput> output(CeQueue queue, SubmittedPilot pilot) {
        return CloudReference.parse(pilot.reference())
                .map(reference -> console(openStack.nova(queue, reference.vo(), LIMIT), reference.id()))
                .filter(text -> !text.isEmpty())
                .map(text -> new PilotOutput(text.substring(Math.max(0, text.length() - OUTPUT_KEPT)), ""));
    }

    /** Empty if there is none, or the hypervisor keeps none of what is off. */
    private static String console(OpenStack.Nova nova, String id) {
        OpenStack.Answer answer = nova.call(
                "POST",
                "/servers/" + id + "/action",
                Optional.of(Map.of("os-getConsoleOutput", Map.of("length", CONSOLE_LINES))));
        if (answer.status() >= SERVER_FAILURE) {
            LOG.debugf("the console of instance %s is not shown: %s", id, answer.reason());
        }
        return answer.body().path("output").asText("");
    }

    @Override
    public void clean(CeQueue queue, SubmittedPilot pilot) {
        CloudReference.parse(pilot.reference())
                .ifPresent(reference -> delete(openStack.nova(queue, reference.vo(), LIMIT), reference));
    }

    private static void delete(OpenStack.Nova nova, CloudReference reference) {
        OpenStack.Answer answer = nova.call("DELETE", "/servers/" + reference.id(), Optional.empty());
        // of what is gone, or is being deleted
        if (answer.status() != NOT_FOUND && answer.status() != CONFLICT) {
            check("delete", reference, answer);
        }
    }

    private static void check(String what, CloudReference reference, OpenStack.Answer answer) {
        if (answer.isFailure()) {
            throw new ComputingElementFailure(
                    "Nova does not " + what + " the instance " + reference.id() + ": " + answer.reason());
        }
    }

    /** By the cloud's own count. */
    @Override
    public Optional<Occupancy> occupancy(CeQueue queue) {
        Instant deadline = clock.instant().plus(LIMIT);
        int waiting = 0;
        int running = 0;
        for (VoName vo : vosByCredential(queue).values()) {
            OpenStack.Nova nova = openStack.nova(queue, vo, left(deadline));
            List<CloudServer> ours = servers(nova, queue, "");
            waiting += (int) ours.stream().filter(CloudServer::isWaiting).count();
            running += (int) ours.stream()
                    .filter(server -> !server.isWaiting() && server.takesPlace())
                    .count();
        }
        return Optional.of(new Occupancy(waiting, running));
    }

    @Override
    public void reap(CeQueue queue, Supplier<Set<PilotStamp>> known) {
        Instant deadline = clock.instant().plus(LIMIT);
        for (VoName vo : vosByCredential(queue).values()) {
            OpenStack.Nova nova = openStack.nova(queue, vo, left(deadline));
            reap(nova, queue, vo, servers(nova, queue, ""), known);
        }
    }

    private void reap(
            OpenStack.Nova nova, CeQueue queue, VoName vo, List<CloudServer> ours, Supplier<Set<PilotStamp>> pilots) {
        Instant now = clock.instant();
        List<CloudServer> old = ours.stream()
                .filter(server ->
                        server.created().plus(settings.maxLifetime(queue)).isBefore(now))
                .toList();
        old.forEach(server -> reap(nova, queue, vo, server, "it is older than Context_MaxLifetime"));
        List<CloudServer> others = ours.stream()
                .filter(server -> server.created().plus(YOUNG).isBefore(now) && !old.contains(server))
                .toList();
        if (!others.isEmpty()) {
            Set<PilotStamp> known = pilots.get();
            others.stream()
                    .filter(server -> server.stamp().filter(known::contains).isEmpty())
                    .forEach(server -> reap(nova, queue, vo, server, "no pilot that is known runs in it"));
        }
    }

    private static void reap(OpenStack.Nova nova, CeQueue queue, VoName vo, CloudServer server, String why) {
        LOG.instanceReaped(server.id(), queue.slot().toString(), why);
        delete(nova, new CloudReference(server.id(), vo));
    }

    private List<CloudServer> servers(OpenStack.Nova nova, CeQueue queue, String stamp) {
        // Nova takes the name as a regular expression
        return nova.list("/servers/detail?name=%5E" + CloudServer.PREFIX + stamp, "servers").stream()
                .map(CloudServer::of)
                .filter(server -> server.mark().equals(Optional.of(settings.mark(queue))))
                .toList();
    }

    /** The VOs of a call share its time. */
    private Duration left(Instant deadline) {
        return Duration.between(clock.instant(), deadline);
    }

    /** One VO for each credential, since those that share it see the same. */
    private Map<String, VoName> vosByCredential(CeQueue queue) {
        Map<String, VoName> vos = new LinkedHashMap<>();
        for (VoName vo : queue.vos().isEmpty() ? registry.vos() : queue.vos()) {
            vos.putIfAbsent(settings.alias(queue, vo), vo);
        }
        return vos;
    }

    /** Logs in, and asks Nova for the quota. */
    @Override
    public void contact(CeQueue queue, VoName vo) {
        openStack.nova(queue, vo, LIMIT).get("/limits");
    }
}
