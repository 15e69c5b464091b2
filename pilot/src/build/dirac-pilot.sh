#!/bin/sh
# Starts the DIRAC EE pilot with the Java of this image.
home=$(dirname -- "$(dirname -- "$(readlink -f -- "$0")")")
# names of files are UTF-8 whatever the worker node's locale says
LC_ALL=C.UTF-8
export LC_ALL
# what would change how Java runs is none of the worker node's business
unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS CLASSPATH
exec "$home/bin/java" -Xms16m -Xmx128m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto -XX:-UsePerfData \
    -XX:+ExitOnOutOfMemoryError -Dfile.encoding=UTF-8 "-DZstdNativePath=$home/lib/libzstd-jni.so" \
    -cp "$home/app/*" org.diracee.pilot.agent.PilotMain "$@"
