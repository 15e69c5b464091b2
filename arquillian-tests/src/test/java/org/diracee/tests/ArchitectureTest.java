/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import jakarta.ejb.Stateless;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Date;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.access.Requires;
import org.junit.jupiter.api.Test;

/** The dependency rules of the house, in the order of the style guide's section 2. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = ProductClasses.ALL;
    private static final String FRAMEWORK = "org.diracee.framework..";
    private static final String DMS = "org.diracee.dms..";
    private static final String WMS = "org.diracee.wms..";
    private static final String WEB = "org.diracee.web..";
    private static final String KERNEL = "org.diracee.kernel..";

    @Test
    void modulesUseOnlyThoseBelowThem() {
        noClasses()
                .that()
                .resideInAPackage(KERNEL)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(FRAMEWORK, DMS, WMS, WEB)
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage(FRAMEWORK)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(DMS, WMS, WEB)
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage(DMS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(WMS, WEB)
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage(WMS)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(WEB)
                .check(CLASSES);
    }

    @Test
    void modulesUseOnlyTheBoundaryOfOthers() {
        noClasses()
                .that()
                .resideInAnyPackage(DMS, WMS, WEB)
                .should()
                .dependOnClassesThat(
                        resideInAPackage(FRAMEWORK).and(resideOutsideOfPackage("org.diracee.framework.*.boundary..")))
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAnyPackage(WMS, WEB)
                .should()
                .dependOnClassesThat(resideInAPackage(DMS).and(resideOutsideOfPackage("org.diracee.dms.*.boundary..")))
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage(WEB)
                .should()
                .dependOnClassesThat(resideInAPackage(WMS).and(resideOutsideOfPackage("org.diracee.wms.*.boundary..")))
                .check(CLASSES);
    }

    @Test
    void featuresUseOnlyTheBoundaryOfEachOther() {
        classes()
                .that()
                .resideInAnyPackage(FRAMEWORK, DMS, WMS)
                .should(useOnlyTheBoundaryOfOtherFeatures())
                .check(CLASSES);
    }

    @Test
    void featuresHaveNoCycles() {
        slices().matching("org.diracee.framework.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
        slices().matching("org.diracee.dms.(*)..").should().beFreeOfCycles().check(CLASSES);
        slices().matching("org.diracee.wms.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void rolesUseOnlyWhatTheyMay() {
        noClasses()
                .that()
                .resideInAPackage("org.diracee.*.*.entity..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.diracee.*.*.control..", "org.diracee.*.*.gateway.."))
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("org.diracee.*.*.control..")
                .should()
                .dependOnClassesThat(resideInAPackage("org.diracee.*.*.gateway.."))
                .check(CLASSES);
    }

    @Test
    void nothingLiesOutsideAFeature() {
        classes()
                .that()
                .resideInAnyPackage(FRAMEWORK, DMS, WMS)
                .should()
                .resideInAnyPackage(
                        "org.diracee.*.*.boundary..",
                        "org.diracee.*.*.control..",
                        "org.diracee.*.*.entity..",
                        "org.diracee.*.*.gateway..")
                .check(CLASSES);
    }

    @Test
    void httpExistsOnlyInTheRestModule() {
        noClasses()
                .that()
                .resideOutsideOfPackage(WEB)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.ws.rs..", "jakarta.servlet..", "org.diracee.client..")
                .check(CLASSES);
    }

    @Test
    void onlyRepositoriesUseTheEntityManager() {
        noClasses()
                .that(not(resideInAPackage("org.diracee.*.schema..")))
                .and()
                .haveSimpleNameNotEndingWith("Repository")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("jakarta.persistence.EntityManager")
                .check(CLASSES);
    }

    @Test
    void entitiesNeverLeaveTheirModule() {
        Set<String> entities = CLASSES.stream()
                .filter(type -> type.isAnnotatedWith(Entity.class) || type.isAnnotatedWith(Embeddable.class))
                .map(JavaClass::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(entities).isNotEmpty();
        noClasses()
                .that()
                .resideInAPackage(WEB)
                .should()
                .dependOnClassesThat()
                .areAnnotatedWith(Entity.class)
                .check(CLASSES);
    }

    @Test
    void theClockIsInjectedAndTimeIsAnInstant() {
        noClasses()
                // Java's certificates and revocation lists speak of Date; there it becomes an Instant
                .that(resideOutsideOfPackage("org.diracee.framework.certificate.control")
                        .or(simpleName("CertificateTimes")
                                .negate()
                                .and(simpleName("RevocationTimes").negate())))
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Date.class, LocalDateTime.class)
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CLASSES);
    }

    @Test
    void everyServiceMethodSaysWhoMayCallIt() {
        methods()
                .that()
                .areDeclaredInClassesThat()
                .areAnnotatedWith(Stateless.class)
                .and()
                .arePublic()
                .should(sayWhoMayCall())
                .check(CLASSES);
    }

    @Test
    void namesSayWhatThingsAre() {
        noClasses()
                .that()
                .resideInAPackage("org.diracee..")
                .should()
                .haveNameMatching(".*(Impl|Utils?|Helper|Base)$")
                .orShould()
                .haveNameMatching(".*\\.Default[A-Z]\\w*")
                .check(CLASSES);
    }

    private static ArchCondition<JavaClass> useOnlyTheBoundaryOfOtherFeatures() {
        return new ArchCondition<>("use only the boundary of other features") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                String feature = feature(type);
                type.getDirectDependenciesFromSelf().forEach(dependency -> {
                    JavaClass target = dependency.getTargetClass().getBaseComponentType();
                    boolean isForeign = target.getPackageName().matches("org\\.diracee\\.(framework|dms|wms)\\..*")
                            && !feature(target).equals(feature);
                    if (isForeign && !target.getPackageName().matches("org\\.diracee\\.\\w+\\.\\w+\\.boundary.*")) {
                        events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
                    }
                });
            }
        };
    }

    private static String feature(JavaClass type) {
        String[] parts = type.getPackageName().split("\\.", -1);
        return parts.length > 3 ? parts[2] + "." + parts[3] : type.getPackageName();
    }

    private static ArchCondition<JavaMethod> sayWhoMayCall() {
        return new ArchCondition<>("carry @Requires and take the caller first, or carry @OpenAccess") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                if (method.getModifiers().contains(JavaModifier.STATIC)
                        || method.getModifiers().contains(JavaModifier.SYNTHETIC)
                        || method.isAnnotatedWith(OpenAccess.class)) {
                    return;
                }
                boolean takesCaller = !method.getRawParameterTypes().isEmpty()
                        && method.getRawParameterTypes().get(0).isAssignableTo(Caller.class);
                if (!method.isAnnotatedWith(Requires.class) || !takesCaller) {
                    events.add(SimpleConditionEvent.violated(method, method.getFullName() + " says nothing of rights"));
                }
            }
        };
    }
}
