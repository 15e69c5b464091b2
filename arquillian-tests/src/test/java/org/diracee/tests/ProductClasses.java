/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The compiled classes of all modules of the application, read as bytecode from where the build put them. */
final class ProductClasses {

    /** From the lowest module to the highest; each may use only what stands before it. */
    static final List<String> MODULES = List.of("kernel", "ejb-framework", "ejb-dms", "ejb-wms", "web-rest");

    static final JavaClasses ALL = read();

    private ProductClasses() {}

    private static JavaClasses read() {
        Path root = Path.of(System.getProperty("project.root", ".."));
        List<Path> directories = MODULES.stream()
                .map(module -> root.resolve(module).resolve("target/classes"))
                .toList();
        for (Path directory : directories) {
            if (!Files.isDirectory(directory)) {
                throw new IllegalStateException("There are no classes in " + directory + ": build the module first");
            }
        }
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_PACKAGE_INFOS)
                .importPaths(directories);
    }
}
