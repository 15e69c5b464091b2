/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.diracee.kernel.jdl.JdlBoolean;
import org.diracee.kernel.jdl.JdlInteger;
import org.diracee.kernel.jdl.JdlList;
import org.diracee.kernel.jdl.JdlPrinter;
import org.diracee.kernel.jdl.JdlReal;
import org.diracee.kernel.jdl.JdlRecord;
import org.diracee.kernel.jdl.JdlText;
import org.diracee.kernel.jdl.JdlValue;
import org.diracee.kernel.jdl.PlainValues;

/**
 * A job being described, with the words of DIRAC's Job API. What a value may be is the server's business: it says all that is
 * wrong when the job is submitted or checked.
 *
 * <pre>{@code
 * String jdl = new Job()
 *         .setName("fit %(Run)s")
 *         .setExecutable("fit.sh", "--run %(Run)s")
 *         .setParameterSequence("Run", List.of(101, 102, 103))
 *         .setCPUTime(3600)
 *         .toJdl();
 * }</pre>
 *
 * @see "WMS reference 4.6"
 */
public final class Job {

    private final JdlRecord.Builder attributes = JdlRecord.builder();
    private int sweepLength;

    public Job setName(String name) {
        return put("JobName", name);
    }

    public Job setJobGroup(String group) {
        return put("JobGroup", group);
    }

    /** Gives it a name of your own, by which it can be searched for; the answer to its submission repeats it. */
    public Job setClientRef(String reference) {
        return put("ClientRef", reference);
    }

    public Job setType(String type) {
        return put("JobType", type);
    }

    /** The program or script that the job runs. */
    public Job setExecutable(String executable) {
        return put("Executable", executable);
    }

    /** @param arguments the command line after the program, quoted as a shell would want it */
    public Job setExecutable(String executable, String arguments) {
        return setExecutable(executable).put("Arguments", arguments);
    }

    public Job setStdOutput(String file) {
        return put("StdOutput", file);
    }

    public Job setStdError(String file) {
        return put("StdError", file);
    }

    /** @param files uploaded sandboxes ({@code SB:...}); the command line also takes names of local files */
    public Job setInputSandbox(String... files) {
        return put("InputSandbox", files);
    }

    /** @param files names or patterns in the job's directory */
    public Job setOutputSandbox(String... files) {
        return put("OutputSandbox", files);
    }

    public Job setInputData(String... lfns) {
        return put("InputData", lfns);
    }

    /**
     * How the job gets its input data.
     *
     * @param policy {@code Download}, {@code Protocol}, or the name of a module
     * @param dataScheduling whether the job runs only where its input data is
     */
    public Job setInputDataPolicy(String policy, boolean dataScheduling) {
        put("InputDataPolicy", policy);
        attributes.put("DisableDataScheduling", !dataScheduling);
        return this;
    }

    public Job setOutputData(String... lfns) {
        return put("OutputData", lfns);
    }

    /** @param elements storage elements or groups of them */
    public Job setOutputSE(String... elements) {
        return put("OutputSE", elements);
    }

    /** @param path below the user's directory */
    public Job setOutputPath(String path) {
        return put("OutputPath", path);
    }

    public Job setPlatform(String platform) {
        return put("Platform", platform);
    }

    /** Where the job may run; anywhere if this is not called. */
    public Job setDestination(String... sites) {
        return put("Site", sites);
    }

    public Job setBannedSites(String... sites) {
        return put("BannedSites", sites);
    }

    /** The computing elements that may run the job. */
    public Job setDestinationCE(String... computingElements) {
        return put("GridCE", computingElements);
    }

    /** @param seconds normalised */
    public Job setCPUTime(long seconds) {
        attributes.put("CPUTime", seconds);
        return this;
    }

    public Job setNumberOfProcessors(int processors) {
        attributes.put("NumberOfProcessors", processors);
        return this;
    }

    /** The job takes what there is between these bounds. */
    public Job setNumberOfProcessors(int least, int most) {
        attributes.put("MinNumberOfProcessors", least);
        attributes.put("MaxNumberOfProcessors", most);
        return this;
    }

    public Job setWholeNode() {
        attributes.put("WholeNode", true);
        return this;
    }

    public Job setMaxRAM(int gigabytes) {
        attributes.put("MaxRAM", gigabytes);
        return this;
    }

    /** What a resource must have, as {@code GPU}. */
    public Job setTag(String... tags) {
        return put("Tags", tags);
    }

    /** @param priority 0 to 10; 10 goes ahead of all others of the same owner */
    public Job setPriority(int priority) {
        attributes.put("Priority", priority);
        return this;
    }

    public Job setLogLevel(String level) {
        return put("LogLevel", level);
    }

    public Job setConfigArgs(String file) {
        return put("JobConfigArgs", file);
    }

    /** Variables of the payload's environment. */
    public Job setExecutionEnv(Map<String, String> variables) {
        attributes.put(
                "ExecutionEnvironment",
                new TreeMap<>(variables)
                        .entrySet().stream()
                                .map(variable -> variable.getKey() + "=" + quoted(variable.getValue()))
                                .toList());
        return this;
    }

    /** The optimizers that the job passes. */
    public Job setJobPath(String... optimizers) {
        return put("JobPath", optimizers);
    }

    /**
     * Makes a sweep of the description: a job for each value. {@code %(name)s} stands for the value in any text. Several sequences
     * must have the same length. The value takes the place of the attribute of that name if it is {@code InputData},
     * {@code InputSandbox}, {@code OutputData} or {@code JobName}.
     *
     * @param values texts, numbers or booleans, or lists of these
     * @throws IllegalArgumentException if there are none, another sequence has more or fewer, or one is of another type
     */
    public Job setParameterSequence(String name, Collection<?> values) {
        if (values.isEmpty() || (sweepLength > 0 && values.size() != sweepLength)) {
            throw new IllegalArgumentException("The sequence " + name + " has " + values.size() + " values; "
                    + (sweepLength > 0 ? "the other sequences have " + sweepLength : "at least one is needed"));
        }
        sweepLength = values.size();
        attributes.put("Parameters", sweepLength);
        attributes.put("Parameters." + name, value(values));
        switch (name) {
            case "InputData", "InputSandbox", "OutputData", "JobName" -> put(name, "%(" + name + ")s");
            default -> {
                // stands only where the caller puts it
            }
        }
        return this;
    }

    /** The description as the server takes it. */
    public String toJdl() {
        return JdlPrinter.print(attributes.build());
    }

    /** The same for {@link Jobs#submitDescriptions}, or for a writer of YAML or JSON: the attributes by their names. */
    public Map<String, Object> toMap() {
        return PlainValues.map(attributes.build());
    }

    private Job put(String attribute, String text) {
        attributes.put(attribute, text);
        return this;
    }

    private Job put(String attribute, String[] texts) {
        attributes.put(attribute, List.of(texts));
        return this;
    }

    private static JdlValue value(Object value) {
        if (value instanceof String text) {
            return new JdlText(text);
        }
        if (value instanceof Boolean truth) {
            return new JdlBoolean(truth);
        }
        if (value instanceof Integer || value instanceof Long) {
            return new JdlInteger(((Number) value).longValue());
        }
        if (value instanceof Double real) {
            return new JdlReal(real);
        }
        if (value instanceof Collection<?> items) {
            List<JdlValue> values = new ArrayList<>();
            items.forEach(item -> values.add(value(item)));
            return JdlList.of(values);
        }
        throw new IllegalArgumentException(value
                + " cannot be a parameter; allowed are texts, whole numbers, doubles, booleans and lists of them");
    }

    /** A plus stays a plus where it is read. */
    private static String quoted(String value) {
        return URLEncoder.encode(value, UTF_8).replace("+", "%20");
    }
}
