/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.description.control;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The attributes of a job description: the one table of their names, types and whether they act.
 *
 * @see "WMS reference 4.2"
 */
public enum JobAttribute {
    EXECUTABLE("Executable", AttributeType.TEXT, Role.ACTS),
    ARGUMENTS("Arguments", AttributeType.TEXT, Role.ACTS),
    STD_OUTPUT("StdOutput", AttributeType.TEXT, Role.ACTS),
    STD_ERROR("StdError", AttributeType.TEXT, Role.ACTS),
    INPUT_SANDBOX("InputSandbox", AttributeType.TEXT_LIST, Role.ACTS),
    OUTPUT_SANDBOX("OutputSandbox", AttributeType.TEXT_LIST, Role.ACTS),
    EXECUTION_ENVIRONMENT("ExecutionEnvironment", AttributeType.TEXT_LIST, Role.ACTS),
    LOG_LEVEL("LogLevel", AttributeType.TEXT, Role.ACTS),
    MEMORY("Memory", AttributeType.INTEGER, Role.ACTS),
    JOB_NAME("JobName", AttributeType.TEXT, Role.ACTS),
    JOB_GROUP("JobGroup", AttributeType.TEXT, Role.ACTS),
    CLIENT_REF("ClientRef", AttributeType.TEXT, Role.ACTS),
    JOB_TYPE("JobType", AttributeType.TEXT, Role.DEMANDS),
    PRIORITY("Priority", AttributeType.INTEGER, Role.DEMANDS),
    CPU_TIME("CPUTime", AttributeType.INTEGER, Role.DEMANDS),
    SITE("Site", AttributeType.TEXT_LIST, Role.DEMANDS),
    BANNED_SITES("BannedSites", AttributeType.TEXT_LIST, Role.DEMANDS, "BannedSite"),
    GRID_CE("GridCE", AttributeType.TEXT_LIST, Role.DEMANDS),
    PLATFORM("Platform", AttributeType.TEXT, Role.DEMANDS),
    TAGS("Tags", AttributeType.TEXT_LIST, Role.DEMANDS, "Tag"),
    NUMBER_OF_PROCESSORS("NumberOfProcessors", AttributeType.INTEGER, Role.DEMANDS),
    MIN_NUMBER_OF_PROCESSORS("MinNumberOfProcessors", AttributeType.INTEGER, Role.DEMANDS),
    MAX_NUMBER_OF_PROCESSORS("MaxNumberOfProcessors", AttributeType.INTEGER, Role.DEMANDS),
    WHOLE_NODE("WholeNode", AttributeType.BOOLEAN, Role.DEMANDS),
    MAX_RAM("MaxRAM", AttributeType.INTEGER, Role.DEMANDS),
    INPUT_DATA("InputData", AttributeType.TEXT_LIST, Role.ACTS),
    DISABLE_DATA_SCHEDULING("DisableDataScheduling", AttributeType.BOOLEAN, Role.ACTS),
    JOB_PATH("JobPath", AttributeType.TEXT_LIST, Role.ACTS),

    OWNER("Owner", AttributeType.TEXT, Role.ACTS),
    OWNER_GROUP("OwnerGroup", AttributeType.TEXT, Role.ACTS),
    VIRTUAL_ORGANIZATION("VirtualOrganization", AttributeType.TEXT, Role.ACTS),
    PARAMETERS("Parameters", AttributeType.ANY, Role.SWEEPS),
    PARAMETER_START("ParameterStart", AttributeType.ANY, Role.SWEEPS),
    PARAMETER_STEP("ParameterStep", AttributeType.ANY, Role.SWEEPS),
    PARAMETER_FACTOR("ParameterFactor", AttributeType.ANY, Role.SWEEPS),
    JOB_ID("JobID", AttributeType.INTEGER, Role.SERVER_SETS),
    JOB_REQUIREMENTS("JobRequirements", AttributeType.RECORD, Role.SERVER_SETS),
    PARAMETER_NUMBER("ParameterNumber", AttributeType.INTEGER, Role.SERVER_SETS),
    PARAMETER("Parameter", AttributeType.ANY, Role.SERVER_SETS),
    INPUT_DATA_POLICY("InputDataPolicy", AttributeType.TEXT, Role.STORED),
    INPUT_DATA_MODULE("InputDataModule", AttributeType.TEXT, Role.STORED),
    OUTPUT_DATA("OutputData", AttributeType.TEXT_LIST, Role.STORED),
    OUTPUT_SE("OutputSE", AttributeType.TEXT_LIST, Role.STORED),
    OUTPUT_PATH("OutputPath", AttributeType.TEXT, Role.STORED),
    JOB_CONFIG_ARGS("JobConfigArgs", AttributeType.TEXT, Role.STORED),
    PROCESSING_TYPE("ProcessingType", AttributeType.TEXT, Role.STORED),
    SOFTWARE_DIST_MODULE("SoftwareDistModule", AttributeType.TEXT, Role.STORED),
    STOP_SIG_NUMBER("StopSigNumber", AttributeType.INTEGER, Role.ACTS),
    STOP_SIG_START_SECONDS("StopSigStartSeconds", AttributeType.INTEGER, Role.ACTS),
    STOP_SIG_FINISH_SECONDS("StopSigFinishSeconds", AttributeType.INTEGER, Role.ACTS),
    STOP_SIG_REGEX("StopSigRegex", AttributeType.TEXT, Role.ACTS),
    DISABLE_CPU_CHECK("DisableCPUCheck", AttributeType.ANY, Role.ACTS),
    EXTRA_OPTIONS("ExtraOptions", AttributeType.TEXT, Role.STORED);

    /** What an attribute does in this release. */
    public enum Role {
        /** It is obeyed by the server or the wrapper. */
        ACTS,
        /** It is obeyed too: it decides in which task queue and at which place there the job waits. */
        DEMANDS,
        /** It makes many jobs of one description. */
        SWEEPS,
        /** The server writes it into each job; a user's value has no effect. */
        SERVER_SETS,
        /** It is kept, and nothing obeys it yet. */
        STORED
    }

    private static final Map<String, JobAttribute> BY_NAME = new HashMap<>();

    static {
        for (JobAttribute attribute : values()) {
            BY_NAME.put(key(attribute.wireName), attribute);
            attribute.alias.ifPresent(alias -> BY_NAME.put(key(alias), attribute));
        }
    }

    private final String wireName;
    private final AttributeType type;
    private final Role role;
    private final Optional<String> alias;

    JobAttribute(String wireName, AttributeType type, Role role) {
        this(wireName, type, role, Optional.empty());
    }

    JobAttribute(String wireName, AttributeType type, Role role, String alias) {
        this(wireName, type, role, Optional.of(alias));
    }

    JobAttribute(String wireName, AttributeType type, Role role, Optional<String> alias) {
        this.wireName = wireName;
        this.type = type;
        this.role = role;
        this.alias = alias;
    }

    /** The attribute of this name or alias in any case; {@code Parameters.X} and its like are the attribute before the dot. */
    public static Optional<JobAttribute> named(String name) {
        JobAttribute exact = BY_NAME.get(key(name));
        if (exact != null) {
            return Optional.of(exact);
        }
        int dot = name.indexOf('.');
        return Optional.ofNullable(dot < 0 ? null : BY_NAME.get(key(name.substring(0, dot))))
                .filter(JobAttribute::takesSuffix);
    }

    /** All names that a user may write, for suggestions. */
    public static List<String> names() {
        return Arrays.stream(values()).map(JobAttribute::wireName).toList();
    }

    public String wireName() {
        return wireName;
    }

    /** An older spelling. */
    public Optional<String> alias() {
        return alias;
    }

    public AttributeType type() {
        return type;
    }

    public Role role() {
        return role;
    }

    /** Tells whether the attribute may be written with the name of a sequence after a dot. */
    public boolean takesSuffix() {
        return role == Role.SWEEPS || this == PARAMETER;
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
