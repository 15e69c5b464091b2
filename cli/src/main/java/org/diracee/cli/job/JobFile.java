/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.job;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.diracee.cli.CommandFailure;
import org.diracee.kernel.jdl.JdlParser;
import org.diracee.kernel.jdl.JdlPrinter;
import org.diracee.kernel.jdl.JdlRecord;
import org.diracee.kernel.jdl.JdlSyntaxError;
import org.diracee.kernel.jdl.JdlText;
import org.diracee.kernel.jdl.JdlValue;
import org.diracee.kernel.jdl.PlainValues;

/**
 * A job description as its author wrote it: its input sandbox still names files beside it.
 *
 * @param name how messages call it
 * @param directory what file names are relative to
 * @param isPlain whether it was written in YAML or JSON, and is sent so
 */
record JobFile(String name, Path directory, JdlRecord jdl, boolean isPlain) {

    private static final String INPUT_SANDBOX = "InputSandbox";
    private static final Pattern PLACEHOLDER = Pattern.compile("%(s|n|j|\\([^)]*\\)s)");

    /** @throws CommandFailure if the text is no job description */
    static JobFile of(String name, Path directory, String text) {
        try {
            return new JobFile(name, directory, JdlParser.parse(text), false);
        } catch (JdlSyntaxError wrong) {
            throw CommandFailure.usage(name + " is no job description: " + wrong.detail());
        }
    }

    /** Returns this description with an attribute set, given as {@code NAME=VALUE}; a value that is no JDL is a text. */
    JobFile with(String setting) {
        int equals = setting.indexOf('=');
        if (equals <= 0) {
            throw CommandFailure.usage("'" + setting + "' sets nothing: NAME=VALUE is expected");
        }
        String attribute = setting.substring(0, equals).strip();
        String text = setting.substring(equals + 1).strip();
        JdlValue value;
        try {
            value = JdlParser.parseValue(text);
        } catch (JdlSyntaxError notJdl) {
            value = new JdlText(text);
        }
        try {
            return with(jdl.with(attribute, value));
        } catch (IllegalArgumentException wrongName) {
            throw CommandFailure.usage("'" + setting + "' sets nothing: " + wrongName.getMessage());
        }
    }

    boolean isSweep() {
        return jdl.contains("Parameters");
    }

    /**
     * Returns the files of this machine in the input sandbox.
     *
     * @throws CommandFailure if one does not exist
     */
    List<Path> localFiles() {
        List<Path> files = new ArrayList<>();
        for (String entry : jdl.texts(INPUT_SANDBOX)) {
            if (isStored(entry)) {
                continue;
            }
            if (PLACEHOLDER.matcher(entry).find()) {
                throw CommandFailure.usage(name + ": the input sandbox names '" + entry
                        + "', but all jobs of a sweep share one sandbox: name the files themselves or their directory");
            }
            Path file = directory.resolve(entry);
            if (!Files.exists(file)) {
                throw CommandFailure.usage(name + ": the input sandbox names '" + entry + "', but there is no "
                        + directory.resolve(entry).normalize());
            }
            files.add(file);
        }
        return files;
    }

    /** Returns the description with the local files replaced by the sandbox that holds them. */
    JobFile withSandbox(Optional<String> pfn) {
        if (pfn.isEmpty()) {
            return this;
        }
        List<String> entries = new ArrayList<>();
        entries.add(pfn.get());
        jdl.texts(INPUT_SANDBOX).stream().filter(JobFile::isStored).forEach(entries::add);
        return with(jdl.toBuilder().put(INPUT_SANDBOX, entries).build());
    }

    private JobFile with(JdlRecord other) {
        return new JobFile(name, directory, other, isPlain);
    }

    /** Returns the description as JDL. */
    String text() {
        return JdlPrinter.print(jdl);
    }

    /** Returns its attributes by their names. */
    Map<String, Object> attributes() {
        return PlainValues.map(jdl);
    }

    /** Returns the description as if the local files were sent already. */
    JobFile withoutLocalFiles() {
        List<String> stored =
                jdl.texts(INPUT_SANDBOX).stream().filter(JobFile::isStored).toList();
        return jdl.contains(INPUT_SANDBOX)
                ? with(jdl.toBuilder().put(INPUT_SANDBOX, stored).build())
                : this;
    }

    /** Returns what is most likely a mistake: the program lies here and is not sent along. */
    Optional<String> warning() {
        return jdl.text("Executable")
                .filter(executable -> !executable.contains("/") && !executable.isBlank())
                .filter(executable -> Files.isRegularFile(directory.resolve(executable)))
                .filter(executable -> jdl.texts(INPUT_SANDBOX).stream()
                        .noneMatch(entry -> !isStored(entry)
                                && directory.resolve(entry).normalize().endsWith(executable)))
                .map(executable -> "the executable '" + executable
                        + "' is a file here but not in the InputSandbox, so it is not sent to the job");
    }

    private static boolean isStored(String entry) {
        return entry.startsWith("SB:") || entry.startsWith("LFN:");
    }
}
