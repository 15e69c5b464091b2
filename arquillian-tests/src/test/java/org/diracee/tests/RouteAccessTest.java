/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.access.Requires;
import org.junit.jupiter.api.Test;

/** Who may call which route, as the rules of the services behind it say, against the table that users read. */
class RouteAccessTest {

    private static final Set<String> VERBS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS");
    private static final Path TABLE = Path.of(System.getProperty("project.root", ".."), "docs/reference/rest-api.md");
    private static final Path CONSTRAINTS =
            Path.of(System.getProperty("project.root", ".."), "web-rest/src/main/webapp/WEB-INF/web.xml");
    private static final Pattern PATTERN = Pattern.compile("<url-pattern>([^<]+)</url-pattern>");
    private static final Pattern OMITTED = Pattern.compile("<http-method(?:-omission)?>([^<]+)</http-method");
    private static final Pattern ROW = Pattern.compile("^\\| `(\\w+) (/\\S+)` \\| ([^|]+) \\|.*$");

    @Test
    void everyRouteIsPublicOrEndsInAServiceThatChecksRights() throws IOException {
        List<Pattern> open = openPatterns();
        resourceMethods().forEach((route, method) -> {
            if (!isOpen(route, open)) {
                assertThat(rules(method))
                        .as("%s calls no service that requires rights", route)
                        .isNotEmpty();
            }
        });
    }

    @Test
    void credentialsAreAskedOfEveryMethodButTheOneThatNoResourceAnswers() throws IOException {
        assertThat(OMITTED.matcher(Files.readString(CONSTRAINTS)).results().map(result -> result.group(1)))
                .containsOnly("OPTIONS");
        assertThat(resourceMethods().keySet()).noneMatch(route -> route.startsWith("OPTIONS "));
    }

    @Test
    void theTableOfRoutesSaysWhoMayCallThem() throws IOException {
        List<Pattern> open = openPatterns();
        TreeMap<String, String> actual = new TreeMap<>();
        resourceMethods()
                .forEach((route, method) -> actual.put(route, isOpen(route, open) ? "everybody" : callers(method)));
        TreeMap<String, String> told = new TreeMap<>();
        for (String line : Files.readAllLines(TABLE)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                told.put(row.group(1) + " " + row.group(2), row.group(3).strip());
            }
        }
        assertThat(told).isEqualTo(actual);
    }

    private static TreeMap<String, JavaMethod> resourceMethods() {
        TreeMap<String, JavaMethod> methods = new TreeMap<>();
        for (JavaClass type : ProductClasses.ALL) {
            Optional<String> root = path(type.tryGetAnnotationOfType("jakarta.ws.rs.Path"));
            if (root.isEmpty()) {
                continue;
            }
            for (JavaMethod method : type.getMethods()) {
                verb(method).ifPresent(verb -> {
                    String sub = path(method.tryGetAnnotationOfType("jakarta.ws.rs.Path"))
                            .map(path -> "/" + path)
                            .orElse("");
                    String full = ("/" + root.get() + sub).replaceAll("\\{(\\w+):[^}]*}", "{$1}");
                    methods.put(verb + " " + full, method);
                });
            }
        }
        assertThat(methods).hasSizeGreaterThan(20);
        return methods;
    }

    private static Optional<String> verb(JavaMethod method) {
        return method.getAnnotations().stream()
                .map(JavaAnnotation::getRawType)
                .filter(type -> type.getPackageName().equals("jakarta.ws.rs") && VERBS.contains(type.getSimpleName()))
                .map(JavaClass::getSimpleName)
                .findFirst();
    }

    private static Optional<String> path(Optional<? extends JavaAnnotation<?>> annotation) {
        return annotation.flatMap(path -> path.get("value")).map(String::valueOf);
    }

    /** The services' rules that a resource method reaches, through whatever of its own module. */
    private static Set<Requires> rules(JavaMethod resource) {
        Set<Requires> rules = new HashSet<>();
        Set<JavaMethod> seen = new HashSet<>();
        Deque<JavaMethod> waiting = new ArrayDeque<>(List.of(resource));
        while (!waiting.isEmpty()) {
            JavaMethod method = waiting.remove();
            if (!seen.add(method)) {
                continue;
            }
            method.getMethodCallsFromSelf()
                    .forEach(call -> call.getTarget().resolveMember().ifPresent(target -> {
                        target.tryGetAnnotationOfType(Requires.class).ifPresent(rules::add);
                        boolean isOurs = target.getOwner().getPackageName().startsWith("org.diracee.web");
                        if (isOurs && !target.isAnnotatedWith(OpenAccess.class)) {
                            waiting.add(target);
                        }
                    }));
        }
        return rules;
    }

    private static String callers(JavaMethod resource) {
        TreeSet<String> callers = new TreeSet<>();
        for (Requires rule : rules(resource)) {
            for (var kind : rule.callers()) {
                String name = kind.name().toLowerCase(Locale.ROOT);
                String properties = Arrays.stream(rule.value())
                        .map(property -> property.wireName())
                        .sorted()
                        .collect(Collectors.joining(" or "));
                callers.add(name.equals("user") && !properties.isEmpty() ? "user with " + properties : name);
            }
        }
        callers.remove("system");
        return String.join(", ", callers);
    }

    private static List<Pattern> openPatterns() throws IOException {
        return PATTERN.matcher(Files.readString(CONSTRAINTS))
                .results()
                .map(result -> result.group(1))
                .filter(pattern -> !pattern.equals("/*"))
                .map(pattern -> Pattern.compile(
                        pattern.endsWith("/*")
                                ? Pattern.quote(pattern.substring(0, pattern.length() - 2)) + "(/.*)?"
                                : Pattern.quote(pattern)))
                .toList();
    }

    private static boolean isOpen(String route, List<Pattern> open) {
        String path = route.substring(route.indexOf(' ') + 1);
        return open.stream().anyMatch(pattern -> pattern.matcher(path).matches());
    }
}
