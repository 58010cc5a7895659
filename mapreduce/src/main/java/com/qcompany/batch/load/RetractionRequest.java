package com.qcompany.batch.load;

import com.qcompany.warehouse.state.GroupRecord;
import java.util.Optional;

/**
 * Which group an operator takes back or restores.
 *
 * @param name {@code NAME} or {@code NAME@VERSION}
 * @param hour its nominal hour, {@code uuuu-MM-dd-HH}
 * @param reason why; empty where none is given
 */
record RetractionRequest(String name, Optional<String> hour, boolean restores, String reason) {

    String command() {
        return restores ? "restore" : "retract";
    }

    boolean means(GroupRecord group) {
        return (name.equals(group.name()) || name.equals(group.name() + "@" + group.version()))
                && hour.map(group.hour()::equals).orElse(true);
    }
}
