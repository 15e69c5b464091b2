/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.description.control;

import java.util.EnumMap;
import java.util.Map;
import org.diracee.kernel.jdl.JdlInteger;
import org.diracee.kernel.jdl.JdlText;
import org.diracee.kernel.jdl.JdlValue;

/** What stands for attributes that a description leaves out. */
final class DescriptionDefaults {

    private static final String JOB_TYPE = "User";
    private static final String JOB_NAME = "Unknown";
    private static final String JOB_GROUP = "00000000";

    private DescriptionDefaults() {}

    static Map<JobAttribute, JdlValue> of(DescriptionLimits limits) {
        Map<JobAttribute, JdlValue> defaults = new EnumMap<>(JobAttribute.class);
        defaults.put(JobAttribute.STD_OUTPUT, new JdlText("std.out"));
        defaults.put(JobAttribute.STD_ERROR, new JdlText("std.err"));
        defaults.put(JobAttribute.LOG_LEVEL, new JdlText("INFO"));
        defaults.put(JobAttribute.JOB_NAME, new JdlText(JOB_NAME));
        defaults.put(JobAttribute.JOB_GROUP, new JdlText(JOB_GROUP));
        defaults.put(JobAttribute.JOB_TYPE, new JdlText(JOB_TYPE));
        defaults.put(JobAttribute.PRIORITY, new JdlInteger(limits.priority().standard()));
        defaults.put(JobAttribute.CPU_TIME, new JdlInteger(limits.cpuTime().standard()));
        return defaults;
    }
}
