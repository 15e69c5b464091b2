/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.description.control;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.diracee.kernel.jdl.JdlInteger;
import org.diracee.kernel.jdl.JdlList;
import org.diracee.kernel.jdl.JdlText;
import org.diracee.kernel.jdl.JdlValue;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.description.control.DescriptionLimits.Bounds;

/**
 * What a single attribute may say.
 *
 * @see "WMS reference 4.3"
 */
final class AttributeRules {

    /** Any site, any platform. */
    static final String ANY = "ANY";

    /** Begins the name of a group of sites, which labels the jobs and demands nothing. */
    static final String SITE_GROUP = "Group.";

    private static final int JOB_NAME_LENGTH = 128;
    private static final int JOB_GROUP_LENGTH = 32;
    private static final int CLIENT_REF_LENGTH = 64;
    private static final int REGEX_LENGTH = 256;
    private static final int JOB_ID_DIGITS = 19;
    private static final Set<String> LOG_LEVELS =
            Set.of("TRACE", "DEBUG", "VERBOSE", "INFO", "WARN", "NOTICE", "ERROR", "ALWAYS", "FATAL");
    private static final Bounds RAM = new Bounds(1, 1024, 1);
    private static final Bounds MEMORY = new Bounds(1, 16_777_216, 1);
    private static final Bounds BEFORE_THE_END = new Bounds(0, 864_000, 0);
    private static final Bounds SIGNAL = new Bounds(1, 64, 15);
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.:+-]{0,63}");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*=[^\\p{Cntrl}]*");
    private static final Pattern SANDBOX = Pattern.compile("SB:[^|]+\\|.+");

    /** Finds what a value breaks, or nothing. */
    private interface Rule extends Function<JdlValue, Optional<String>> {}

    private final DescriptionLimits limits;
    private final Map<JobAttribute, Rule> rules = new EnumMap<>(JobAttribute.class);

    AttributeRules(DescriptionLimits limits, VoName vo) {
        this.limits = limits;
        payload();
        names();
        demands();
        data(vo);
        path();
    }

    /** Reports what is wrong with the value, which must be of the attribute's type, and tells whether nothing is. */
    boolean check(JobAttribute attribute, JdlValue value, Problems problems) {
        Rule rule = rules.get(attribute);
        Optional<String> broken = rule == null ? Optional.empty() : rule.apply(value);
        broken.ifPresent(message -> problems.add(attribute.wireName(), message));
        return broken.isEmpty();
    }

    private void payload() {
        rules.put(JobAttribute.EXECUTABLE, text(text -> !text.isBlank(), "the name of a program or script"));
        for (JobAttribute file : List.of(JobAttribute.STD_OUTPUT, JobAttribute.STD_ERROR)) {
            rules.put(file, text(AttributeRules::isInside, "the name of a file in the job's directory"));
        }
        rules.put(
                JobAttribute.OUTPUT_SANDBOX,
                each(AttributeRules::isInside, "names or patterns of files in the job's directory"));
        rules.put(
                JobAttribute.INPUT_SANDBOX,
                each(
                        AttributeRules::isSandboxFile,
                        "names of files, SB:<storage>|<path> as the upload answered, or LFN:/<vo>/..."));
        rules.put(
                JobAttribute.EXECUTION_ENVIRONMENT,
                each(item -> VARIABLE.matcher(item).matches(), "NAME=value, the value URL-quoted"));
        rules.put(
                JobAttribute.LOG_LEVEL,
                text(
                        level -> LOG_LEVELS.contains(level.toUpperCase(Locale.ROOT)),
                        "one of TRACE, DEBUG, VERBOSE, INFO, WARN, NOTICE, ERROR, ALWAYS, FATAL"));
        rules.put(JobAttribute.MEMORY, within(MEMORY, " (MB)"));
        rules.put(JobAttribute.STOP_SIG_NUMBER, within(SIGNAL, ""));
        rules.put(JobAttribute.STOP_SIG_START_SECONDS, within(BEFORE_THE_END, " (seconds)"));
        rules.put(JobAttribute.STOP_SIG_FINISH_SECONDS, within(BEFORE_THE_END, " (seconds)"));
        rules.put(
                JobAttribute.STOP_SIG_REGEX,
                text(AttributeRules::isRegex, "a regular expression of at most " + REGEX_LENGTH + " characters"));
    }

    private void names() {
        rules.put(
                JobAttribute.JOB_NAME,
                text(
                        name -> isLabel(name, JOB_NAME_LENGTH),
                        "1 to " + JOB_NAME_LENGTH + " printable characters, with the job id in place of %j"));
        rules.put(
                JobAttribute.JOB_GROUP,
                text(
                        name -> isLabel(name, JOB_GROUP_LENGTH),
                        "1 to " + JOB_GROUP_LENGTH + " printable characters, with the job id in place of %j"));
        rules.put(
                JobAttribute.CLIENT_REF,
                text(
                        reference -> isLabel(reference, CLIENT_REF_LENGTH),
                        "1 to " + CLIENT_REF_LENGTH + " printable characters, with the job id in place of %j"));
        rules.put(JobAttribute.JOB_TYPE, oneOf(limits.jobTypes(), "job type"));
    }

    private void demands() {
        rules.put(JobAttribute.PRIORITY, within(limits.priority(), ""));
        rules.put(JobAttribute.CPU_TIME, within(limits.cpuTime(), " (normalised seconds)"));
        for (JobAttribute processors : List.of(
                JobAttribute.NUMBER_OF_PROCESSORS,
                JobAttribute.MIN_NUMBER_OF_PROCESSORS,
                JobAttribute.MAX_NUMBER_OF_PROCESSORS)) {
            rules.put(processors, within(limits.processors(), ""));
        }
        rules.put(JobAttribute.MAX_RAM, within(RAM, " (GB)"));
        rules.put(JobAttribute.SITE, this::sites);
        rules.put(JobAttribute.BANNED_SITES, this::sites);
        rules.put(
                JobAttribute.PLATFORM,
                value -> isAny(((JdlText) value).value())
                        ? Optional.empty()
                        : oneOf(limits.resources().platforms().keySet(), "platform")
                                .apply(value));
        rules.put(JobAttribute.GRID_CE, each(host -> HOST.matcher(host).matches(), "names of computing elements"));
        rules.put(
                JobAttribute.TAGS,
                each(tag -> TAG.matcher(tag).matches(), "tags of 1 to 64 letters, digits, '_', '.', ':', '+' or '-'"));
    }

    private void data(VoName vo) {
        rules.put(
                JobAttribute.INPUT_DATA,
                each(
                        item -> isLfn(item) && path(item).startsWith("/" + vo + "/"),
                        "LFN:/" + vo + "/... without empty parts"));
    }

    private void path() {
        rules.put(
                JobAttribute.JOB_PATH,
                each(JobPaths.OPTIMIZERS::contains, "names of optimizers: " + String.join(", ", JobPaths.OPTIMIZERS)));
    }

    /** Tells whether values of the attribute have more to fulfil than their type. */
    boolean has(JobAttribute attribute) {
        return rules.containsKey(attribute);
    }

    static boolean isAny(String text) {
        return text.strip().equalsIgnoreCase(ANY);
    }

    private Optional<String> sites(JdlValue value) {
        Set<String> sites = limits.resources().sites();
        return firstBad(value, site -> sites.contains(site) || isAny(site) || site.startsWith(SITE_GROUP))
                .map(bad -> Problems.shown(bad) + " is no site that the configuration knows"
                        + Spelling.didYouMean(bad, sites) + "; allowed are " + ANY + " and " + some(sites));
    }

    private static Rule oneOf(Set<String> known, String what) {
        return value -> {
            String text = ((JdlText) value).value();
            return known.contains(text)
                    ? Optional.empty()
                    : Optional.of(Problems.shown(text) + " is no known " + what + Spelling.didYouMean(text, known)
                            + "; allowed are " + some(known));
        };
    }

    /** Lists what is allowed, or how much there is of it. */
    private static String some(Collection<String> names) {
        int most = 20;
        String shown = String.join(", ", names.stream().sorted().limit(most).toList());
        return names.size() > most
                ? shown + " and " + (names.size() - most) + " more"
                : names.isEmpty() ? "none" : shown;
    }

    private static Rule within(Bounds bounds, String unit) {
        return value -> bounds.contain(((JdlInteger) value).value())
                ? Optional.empty()
                : Optional.of(Problems.shown(value) + " is not allowed; allowed is " + bounds.words() + unit);
    }

    private static Rule text(Predicate<String> allowed, String words) {
        return value -> allowed.test(((JdlText) value).value())
                ? Optional.empty()
                : Optional.of(Problems.shown(value) + " is not allowed; allowed is " + words);
    }

    private static Rule each(Predicate<String> allowed, String words) {
        return value ->
                firstBad(value, allowed).map(bad -> Problems.shown(bad) + " is not allowed; allowed are " + words);
    }

    private static Optional<String> firstBad(JdlValue list, Predicate<String> allowed) {
        for (JdlValue item : ((JdlList) list).items()) {
            String text = ((JdlText) item).value();
            if (!allowed.test(text)) {
                return Optional.of(text);
            }
        }
        return Optional.empty();
    }

    private static boolean isLabel(String text, int longest) {
        int ids = (text.length()
                        - text.replace(StoredDescription.JOB_ID_PLACEHOLDER, "").length())
                / StoredDescription.JOB_ID_PLACEHOLDER.length();
        int length = text.codePointCount(0, text.length())
                + ids * (JOB_ID_DIGITS - StoredDescription.JOB_ID_PLACEHOLDER.length());
        return length <= longest && !text.isBlank() && text.codePoints().noneMatch(Character::isISOControl);
    }

    /** Tells whether a path stays in the directory that it starts from. */
    private static boolean isInside(String path) {
        if (path.isBlank() || path.startsWith("/") || path.codePoints().anyMatch(Character::isISOControl)) {
            return false;
        }
        for (String part : path.split("/", -1)) {
            if (part.equals("..")) {
                return false;
            }
        }
        return true;
    }

    private static boolean isRegex(String text) {
        if (text.length() > REGEX_LENGTH) {
            return false;
        }
        try {
            return !Pattern.compile(text).pattern().isEmpty();
        } catch (PatternSyntaxException wrong) {
            return false;
        }
    }

    private static boolean isSandboxFile(String item) {
        if (item.startsWith("SB:")) {
            return SANDBOX.matcher(item).matches();
        }
        return !item.startsWith("LFN:") || isLfn(item);
    }

    private static boolean isLfn(String item) {
        String path = path(item);
        return path.length() > 1 && path.startsWith("/") && !path.endsWith("/") && !path.contains("//");
    }

    private static String path(String lfn) {
        return lfn.startsWith("LFN:") ? lfn.substring("LFN:".length()) : lfn;
    }
}
