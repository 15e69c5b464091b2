/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.wrapper;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.diracee.kernel.jdl.JdlBoolean;
import org.diracee.kernel.jdl.JdlInteger;
import org.diracee.kernel.jdl.JdlParser;
import org.diracee.kernel.jdl.JdlReal;
import org.diracee.kernel.jdl.JdlRecord;
import org.diracee.kernel.jdl.JdlText;
import org.diracee.kernel.jdl.JdlValue;
import org.diracee.pilot.process.CommandLine;
import org.diracee.pilot.process.Payload;
import org.diracee.pilot.slot.Gpus;

/**
 * What the wrapper acts on in a job's description.
 *
 * @param cpuTime that the job may use on one processor
 * @param processors that it needs
 * @param mostProcessors that it can use; counts if it is more than it needs
 * @param checksCpu whether the CPU time matters, whether it be too much or too little
 * @param memoryBytes that all its processes together may hold
 * @see "WMS reference 4.2"
 */
record JobDescription(
        String executable,
        List<String> arguments,
        String standardOutput,
        String standardError,
        List<String> inputSandbox,
        List<String> outputSandbox,
        List<String> inputData,
        List<String> outputData,
        Map<String, String> environment,
        Optional<Duration> cpuTime,
        boolean checksCpu,
        OptionalLong memoryBytes,
        int processors,
        int mostProcessors,
        boolean wholeNode,
        boolean usesGpu,
        Optional<StopSignal> stopSignal) {

    private static final long MEGABYTE = 1024 * 1024;
    /** As the server counts when it compares {@code MaxRAM} with what a slot offers. */
    private static final long GIGABYTE = 1000 * MEGABYTE;

    /** @throws JobFailure if the description lacks what a wrapper cannot do without */
    static JobDescription parse(String jdl) {
        try {
            return of(JdlParser.parse(jdl));
        } catch (org.diracee.kernel.error.DiracException | CommandLine.UnbalancedQuotes wrong) {
            throw new JobFailure(MinorStatus.ILLEGAL_JDL, String.valueOf(wrong.getMessage()));
        }
    }

    private static JobDescription of(JdlRecord jdl) {
        String executable = jdl.text("Executable").map(String::trim).orElse("");
        if (executable.isEmpty()) {
            throw new JobFailure(MinorStatus.ILLEGAL_JDL, "The job description has no Executable");
        }
        return new JobDescription(
                executable,
                arguments(jdl),
                fileName(jdl, "StdOutput", "std.out"),
                fileName(jdl, "StdError", "std.err"),
                list(jdl, "InputSandbox"),
                list(jdl, "OutputSandbox"),
                list(jdl, "InputData"),
                list(jdl, "OutputData"),
                environment(jdl),
                jdl.integer("CPUTime").filter(seconds -> seconds > 0).map(Duration::ofSeconds),
                !jdl.contains("DisableCPUCheck"),
                memory(jdl),
                jdl.integer("NumberOfProcessors")
                        .or(() -> jdl.integer("MinNumberOfProcessors"))
                        .filter(number -> number > 0)
                        .map(Math::toIntExact)
                        .orElse(1),
                jdl.integer("MaxNumberOfProcessors")
                        .filter(number -> number > 0 && !jdl.contains("NumberOfProcessors"))
                        .map(Math::toIntExact)
                        .orElse(1),
                jdl.value("WholeNode")
                        .map(value -> value.equals(new JdlBoolean(true)))
                        .orElse(false),
                list(jdl, "Tags").stream().anyMatch(Gpus::isTag),
                StopSignal.of(jdl));
    }

    /** The argument words: those of one text as a shell splits them, or the items of a list as they are. */
    private static List<String> arguments(JdlRecord jdl) {
        Optional<JdlValue> value = jdl.value("Arguments");
        if (value.isEmpty()) {
            return List.of();
        }
        JdlValue arguments = value.get();
        if (arguments instanceof JdlText text) {
            return CommandLine.split(text.value());
        }
        if (arguments instanceof JdlInteger || arguments instanceof JdlReal || arguments instanceof JdlBoolean) {
            return List.of(arguments.toString());
        }
        return jdl.texts("Arguments");
    }

    private static String fileName(JdlRecord jdl, String attribute, String usual) {
        String name = jdl.text(attribute)
                .map(String::trim)
                .filter(text -> !text.isEmpty())
                .orElse(usual);
        if (name.contains("/") || name.equals(".") || name.equals("..") || name.indexOf('\0') >= 0) {
            throw new JobFailure(
                    MinorStatus.ILLEGAL_JDL,
                    attribute + " is '" + name + "': a plain file name is expected, without '/'");
        }
        return name;
    }

    /** Items of a list; a single text may hold several, separated by commas or semicolons. */
    private static List<String> list(JdlRecord jdl, String attribute) {
        List<String> items = new ArrayList<>();
        for (String text : jdl.texts(attribute)) {
            for (String item : text.split("[,;]")) {
                if (!item.isBlank()) {
                    items.add(item.trim());
                }
            }
        }
        return items;
    }

    private static Map<String, String> environment(JdlRecord jdl) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (String setting : jdl.texts("ExecutionEnvironment")) {
            int equals = setting.indexOf('=');
            String name = equals < 0 ? setting : setting.substring(0, equals).trim();
            if (equals < 0 || !name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
                throw new JobFailure(
                        MinorStatus.ILLEGAL_JDL, "ExecutionEnvironment has '" + setting + "': NAME=value is expected");
            }
            if (name.equals(Payload.MARK_VARIABLE)) {
                throw new JobFailure(
                        MinorStatus.ILLEGAL_JDL, "ExecutionEnvironment sets " + name + ", which is the pilot's own");
            }
            String value = decoded(setting.substring(equals + 1));
            if (value.indexOf('\0') >= 0) {
                throw new JobFailure(
                        MinorStatus.ILLEGAL_JDL,
                        "ExecutionEnvironment gives " + name + " a NUL, which no variable can have");
            }
            environment.put(name, value);
        }
        return environment;
    }

    /** Undoes URL quoting; a plus stays one, and what is not quoted properly is taken as it is. */
    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notQuoted) {
            return value;
        }
    }

    private static OptionalLong memory(JdlRecord jdl) {
        OptionalLong memory = positive(jdl, "Memory", MEGABYTE);
        OptionalLong ram = positive(jdl, "MaxRAM", GIGABYTE);
        if (memory.isPresent() && ram.isPresent()) {
            return memory.getAsLong() < ram.getAsLong() ? memory : ram;
        }
        return memory.isPresent() ? memory : ram;
    }

    private static OptionalLong positive(JdlRecord jdl, String attribute, long unit) {
        return jdl.integer(attribute)
                .filter(value -> value > 0 && value < Long.MAX_VALUE / unit)
                .map(value -> OptionalLong.of(value * unit))
                .orElse(OptionalLong.empty());
    }
}
