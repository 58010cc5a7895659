package com.qcompany.ops.schedule.validate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** What Oozie 5.2's expression language knows by itself, from its server's {@code oozie-default.xml}. */
final class ExpressionLanguage {

    private static final Set<String> RESERVED = words(
            """
            and or not eq ne lt gt le ge empty div mod true false null instanceof
            KB MB GB TB PB RECORDS MAP_IN MAP_OUT REDUCE_IN REDUCE_OUT GROUPS
            YEAR MONTH DAY HOUR MINUTE MINUTES HOURS DAYS user.name""");

    private static final Set<String> FUNCTIONS = words(
            """
            firstNotNull concat replaceAll appendAll trim urlEncode timestamp
            toJsonStr toPropertiesStr toConfigurationStr
            wf:id wf:name wf:appPath wf:conf wf:user wf:group wf:callback wf:transition wf:lastErrorNode wf:errorCode
            wf:errorMessage wf:run wf:actionData wf:actionExternalId wf:actionTrackerUri wf:actionExternalStatus
            fs:exists fs:isDir fs:dirSize fs:fileSize fs:blockSize
            hadoop:counters hadoop:conf hcat:exists bundle:conf
            coord:conf coord:user coord:name coord:actionId coord:nominalTime coord:actualTime coord:formatTime
            coord:epochTime coord:dateOffset coord:dateTzOffset coord:tzOffset coord:hoursInDay coord:daysInMonth
            coord:minutes coord:hours coord:days coord:months coord:endOfDays coord:endOfWeeks coord:endOfMonths
            coord:current coord:currentRange coord:offset coord:latest coord:latestRange coord:future coord:futureRange
            coord:absolute coord:absoluteRange coord:dataIn coord:dataOut coord:databaseIn coord:databaseOut
            coord:tableIn coord:tableOut coord:dataInPartitionFilter coord:dataInPartitionMin coord:dataInPartitionMax
            coord:dataInPartitions coord:dataOutPartitions coord:dataOutPartitionValue""");

    private ExpressionLanguage() {}

    static boolean isReserved(String name) {
        return RESERVED.contains(name);
    }

    static boolean hasFunction(String name) {
        return FUNCTIONS.contains(name);
    }

    /** The function that was probably meant. */
    static String nearestFunction(String name) {
        LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
        return FUNCTIONS.stream()
                .min(Comparator.<String>comparingInt(known -> distance.apply(known, name))
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }

    private static Set<String> words(String text) {
        return Arrays.stream(text.split("\\s+")).collect(Collectors.toUnmodifiableSet());
    }
}
