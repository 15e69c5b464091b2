/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.access.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.diracee.framework.configuration.boundary.ConfigurationCheck;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.framework.configuration.boundary.Finding;
import org.diracee.framework.configuration.boundary.NearestName;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;

/**
 * Finds rules of access in a configuration that name methods, groups, VOs or properties which are not there. Configurations of DIRAC
 * have rules for DIRAC's own methods; those are worth a warning only where the service is one of ours.
 */
@ApplicationScoped
public class AccessRuleCheck implements ConfigurationCheck, DeclaredOptions {

    private static final DeclaredOption<List<String>> RULE = DeclaredOption.of(
            "Systems/{system}/Services/{service}/Authorization/{method}",
            OptionType.texts(),
            "Who of the users may call the service's method: any, all or authenticated (every user), properties (one of"
                    + " them), group:<group>, vo:<vo>. Unless given what the code declares: GET /api/auth/policy lists all.",
            "Framework reference 2.3");
    private static final String FALLBACK = "Default";

    private Operations operations;

    protected AccessRuleCheck() {} // for the container's proxy

    @Inject
    public AccessRuleCheck(Operations operations) {
        this.operations = operations;
    }

    @Override
    @OpenAccess("a constant")
    public List<DeclaredOption<?>> options() {
        return List.of(RULE);
    }

    @Override
    @OpenAccess("tells what is wrong to whom is shown the configuration")
    public List<Finding> check(Configuration configuration) {
        Map<String, Map<String, Operation>> ours = new LinkedHashMap<>();
        operations.all().forEach(operation -> ours.computeIfAbsent(
                        operation.system() + "/Services/" + operation.service(), service -> new LinkedHashMap<>())
                .put(operation.method(), operation));
        List<Finding> findings = new ArrayList<>();
        for (String system : configuration.names("Systems")) {
            for (String service : configuration.names("Systems/" + system + "/Services")) {
                String section = "Systems/" + system + "/Services/" + service + "/Authorization";
                Map<String, Operation> methods = ours.get(system + "/Services/" + service);
                List<String> named = configuration.names(section).stream()
                        .filter(method ->
                                configuration.option(section + "/" + method).isPresent())
                        .toList();
                if (methods != null) {
                    named.forEach(
                            method -> findings.addAll(rule(configuration, section + "/" + method, method, methods)));
                } else if (!named.isEmpty()) {
                    findings.addAll(unknownService(section, system, service, ours.keySet()));
                }
            }
        }
        return findings;
    }

    private static List<Finding> unknownService(String section, String system, String service, Set<String> ours) {
        return NearestName.to(system + "/Services/" + service, ours).stream()
                .map(near -> Finding.warning(
                        section,
                        "",
                        "There is no such service here, so these rules have no effect. Is Systems/" + near + " meant?"))
                .toList();
    }

    private static List<Finding> rule(
            Configuration configuration, String path, String method, Map<String, Operation> methods) {
        List<String> tokens = configuration.list(path);
        String value = String.join(", ", tokens);
        if (method.equals(FALLBACK)) {
            return List.of(Finding.warning(
                    path, value, "It has no effect: every method has a rule of its own, which goes before this one."));
        }
        Operation operation = methods.get(method);
        if (operation == null) {
            String near = NearestName.to(method, methods.keySet())
                    .map(name -> "Is " + name + " meant?")
                    .orElseGet(() -> "There is " + String.join(", ", methods.keySet()) + ".");
            return List.of(Finding.warning(
                    path, value, "The service has no method of this name here, so the rule has no effect. " + near));
        }
        if (!ProtectedOperations.canBeOverridden(operation)) {
            return List.of(Finding.error(
                    path, value, "This rule cannot be changed: by this service a mistake in a rule is mended."));
        }
        List<Finding> findings = new ArrayList<>();
        if (!operation.declared().callers().contains(CallerKind.USER)) {
            findings.add(Finding.warning(
                    path, value, "It has no effect: " + operation.declared().text() + " may call this, and no user."));
        }
        for (String token : tokens) {
            findings.addAll(token(configuration, path, token));
        }
        return findings;
    }

    private static List<Finding> token(Configuration configuration, String path, String token) {
        if (token.equalsIgnoreCase("any") || token.equalsIgnoreCase("all")) {
            return List.of(Finding.warning(
                    path,
                    token,
                    "Here this lets in every user that is logged in; nobody calls a service without credentials."));
        }
        if (AccessRule.isEverybody(token)) {
            return List.of();
        }
        if (token.startsWith(AccessRule.GROUP)) {
            return known(path, token, "group", token.substring(AccessRule.GROUP.length()), groups(configuration));
        }
        if (token.startsWith(AccessRule.VO)) {
            return known(path, token, "VO", token.substring(AccessRule.VO.length()), vos(configuration));
        }
        if (AccessRule.property(token).isPresent()) {
            return List.of();
        }
        Set<String> properties =
                Arrays.stream(Property.values()).map(Property::wireName).collect(Collectors.toSet());
        return List.of(Finding.error(
                path,
                token,
                "There is no property " + token + "; allowed are any, all, authenticated, group:<group>, vo:<vo> and"
                        + " properties."
                        + NearestName.to(token, properties)
                                .map(near -> " Is " + near + " meant?")
                                .orElse("")));
    }

    private static List<Finding> known(String path, String token, String kind, String name, Set<String> names) {
        return names.contains(name.strip())
                ? List.of()
                : List.of(Finding.warning(
                        path,
                        token,
                        "There is no " + kind + " " + name + "."
                                + NearestName.to(name, names)
                                        .map(near -> " Is " + near + " meant?")
                                        .orElse("")));
    }

    private static Set<String> groups(Configuration configuration) {
        Set<String> groups = new LinkedHashSet<>(configuration.names("Registry/Groups"));
        configuration.names("Registry").forEach(vo -> groups.addAll(configuration.names("Registry/" + vo + "/Groups")));
        return groups;
    }

    private static Set<String> vos(Configuration configuration) {
        Set<String> vos = new LinkedHashSet<>(configuration.names("Registry"));
        vos.addAll(configuration.names("Registry/VO"));
        configuration.names("Registry/Groups").forEach(group -> configuration
                .option("Registry/Groups/" + group + "/VO")
                .ifPresent(vos::add));
        return vos;
    }
}
