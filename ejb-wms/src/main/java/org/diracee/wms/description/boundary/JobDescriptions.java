/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.description.boundary;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.FieldError;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.jdl.JdlParser;
import org.diracee.kernel.jdl.JdlPrinter;
import org.diracee.kernel.jdl.JdlRecord;
import org.diracee.kernel.jdl.PlainValues;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.description.control.AttributeType;
import org.diracee.wms.description.control.DescriptionLimits;
import org.diracee.wms.description.control.DescriptionReader;
import org.diracee.wms.description.control.DescriptionSettings;
import org.diracee.wms.description.control.JobAttribute;
import org.diracee.wms.description.control.JobFacts;
import org.diracee.wms.description.control.JobOwner;
import org.diracee.wms.description.control.ReadDescription;
import org.diracee.wms.description.control.Spelling;
import org.diracee.wms.description.control.StoredDescription;
import org.diracee.wms.description.control.TooManyJobs;

/** The job descriptions of one owner under one revision of the configuration. */
public final class JobDescriptions {

    private final DescriptionLimits limits;
    private final DescriptionReader reader;
    private final Map<String, StoredDescription> parsed = new HashMap<>();

    /** Prepares to read what this user submits. */
    public JobDescriptions(Configuration configuration, Caller.User submitter) {
        this(configuration, submitter.username(), submitter.group(), submitter.vo());
    }

    /** Prepares to read descriptions of jobs that run for this owner. */
    public JobDescriptions(Configuration configuration, UserName owner, GroupName ownerGroup, VoName vo) {
        this.limits = new DescriptionSettings(configuration).limits(vo);
        this.reader = new DescriptionReader(limits, new JobOwner(owner, ownerGroup, vo));
    }

    /** Returns how many jobs one request of this VO may make. */
    public static int maxJobs(Configuration configuration, VoName vo) {
        return new DescriptionSettings(configuration).maxJobs(vo);
    }

    /** Returns how many jobs one request may make. */
    public int maxJobs() {
        return limits.maxJobs();
    }

    /**
     * Reads the descriptions of one request: several of single jobs, or one with a sweep. All are valid or none is taken.
     *
     * @throws DiracException for bad syntax, for all that is wrong with a description, for too many jobs, or for a sweep beside
     *     other descriptions
     */
    public List<ExpandedDescription> expand(List<String> jdls) {
        if (jdls.isEmpty()) {
            throw new InvalidRequest("The request holds no job description; allowed are 1 to " + limits.maxJobs());
        }
        if (jdls.size() > limits.maxJobs()) {
            throw new TooManyJobs(jdls.size(), limits.maxJobs());
        }
        List<ExpandedDescription> expanded = new ArrayList<>();
        for (int i = 0; i < jdls.size(); i++) {
            try {
                JdlRecord description = JdlParser.parse(jdls.get(i));
                if (jdls.size() > 1 && description.contains("Parameters")) {
                    throw new SweepAmongOthers();
                }
                expanded.add(expanded(reader.read(description)));
            } catch (TooManyJobs tooMany) {
                throw tooMany;
            } catch (DiracException wrong) {
                throw jdls.size() == 1 ? wrong : new WrongDescription(i + 1, jdls.size(), wrong);
            }
        }
        return expanded;
    }

    /** The attributes that a description may have, each with its type as JSON calls it; {@code any} if it takes several. */
    public static Map<String, String> attributes() {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (JobAttribute attribute : JobAttribute.values()) {
            if (attribute.role() != JobAttribute.Role.SERVER_SETS) {
                attributes.put(attribute.wireName(), jsonType(attribute.type()));
            }
        }
        return attributes;
    }

    private static String jsonType(AttributeType type) {
        return switch (type) {
            case TEXT -> "string";
            case INTEGER -> "integer";
            case BOOLEAN -> "boolean";
            case TEXT_LIST -> "array";
            case RECORD -> "object";
            case ANY -> "any";
        };
    }

    /**
     * Writes descriptions that came as objects, with the names of attributes as keys, as JDL; those that are JDL stay as they are. Other
     * than in JDL, an attribute of an object that the server does not know is refused.
     *
     * @throws InvalidRequest with the path to what is wrong
     */
    public static List<String> jdls(List<?> descriptions) {
        List<String> jdls = new ArrayList<>(descriptions.size());
        for (Object description : descriptions) {
            jdls.add(description instanceof String jdl ? jdl : jdl(description, "[" + jdls.size() + "]"));
        }
        return jdls;
    }

    private static String jdl(Object description, String path) {
        if (!(description instanceof Map<?, ?> attributes)) {
            throw new InvalidRequest(
                    ErrorCode.JDL_INVALID,
                    "The job description is invalid: " + path + " is neither an object nor a text in JDL");
        }
        List<FieldError> unknown = attributes.keySet().stream()
                .map(String::valueOf)
                .filter(name -> JobAttribute.named(name).isEmpty())
                .map(name -> new FieldError(
                        path + "." + name,
                        "is no attribute that this server knows" + Spelling.didYouMean(name, JobAttribute.names())))
                .toList();
        if (!unknown.isEmpty()) {
            throw new InvalidRequest(
                    ErrorCode.JDL_INVALID,
                    "The job description is invalid: "
                            + unknown.stream()
                                    .map(field -> field.field() + ": " + field.message())
                                    .collect(Collectors.joining("; ")),
                    unknown);
        }
        return JdlPrinter.print(PlainValues.record(attributes, path));
    }

    /**
     * Derives the facts of a stored job anew, as its rescheduling needs under a configuration that may have changed. A description
     * is parsed once for all its jobs, and kept as long as this object; one thread at a time may ask.
     *
     * @throws DiracException if the description is no longer valid
     */
    public ExpandedJob again(String storedDescription, int index, Optional<String> sweepValues, JobId id) {
        JdlRecord job = parsed.computeIfAbsent(storedDescription, StoredDescription::parse)
                .manifest(index, sweepValues.orElse(null), id.number());
        JobFacts facts = reader.read(job).jobs().get(0);
        return ExpandedJob.of(facts, index, sweepValues, Requirements.of(facts.requirements()));
    }

    private static ExpandedDescription expanded(ReadDescription read) {
        Map<JdlRecord, Requirements> requirements = new IdentityHashMap<>();
        List<ExpandedJob> jobs = new ArrayList<>(read.jobs().size());
        for (JobFacts facts : read.jobs()) {
            jobs.add(ExpandedJob.of(
                    facts,
                    facts.index(),
                    Optional.ofNullable(facts.values()),
                    requirements.computeIfAbsent(facts.requirements(), Requirements::of)));
        }
        return new ExpandedDescription(read.stored().text(), jobs, read.sandboxes(), read.warnings());
    }
}
