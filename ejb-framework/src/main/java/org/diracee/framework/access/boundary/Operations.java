/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.access.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.access.Requires;
import org.jspecify.annotations.Nullable;

/** All service methods that require something of their caller, of all modules. */
@ApplicationScoped
public class Operations {

    private static final String OURS = "org.diracee.";

    private Supplier<Collection<Class<?>>> services = List::of;
    private volatile @Nullable List<Operation> all;

    protected Operations() {} // for the container's proxy

    @Inject
    public Operations(BeanManager beans) {
        this.services = () -> beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .<Class<?>>map(bean -> bean.getBeanClass())
                .filter(type -> type.getName().startsWith(OURS))
                .toList();
    }

    /** @param services the classes of services */
    public Operations(Collection<Class<?>> services) {
        this.services = () -> services;
    }

    /** In the order of their names. */
    @OpenAccess("what the code says is no secret")
    public List<Operation> all() {
        List<Operation> known = all;
        if (known == null) {
            known = found();
            all = known;
        }
        return known;
    }

    /** The operation of this name, {@code Service.method}. */
    @OpenAccess("what the code says is no secret")
    public Optional<Operation> find(String name) {
        return all().stream().filter(operation -> operation.name().equals(name)).findFirst();
    }

    private List<Operation> found() {
        TreeMap<String, Operation> found = new TreeMap<>();
        for (Class<?> service : services.get()) {
            Arrays.stream(service.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(Requires.class) && !method.isBridge())
                    .sorted(Comparator.comparing(Method::toString))
                    .map(method -> Operation.of(method, AccessRules.declared(method)))
                    .forEach(operation -> found.putIfAbsent(operation.path(), operation));
        }
        return found.values().stream()
                .sorted(Comparator.comparing(Operation::name))
                .toList();
    }
}
