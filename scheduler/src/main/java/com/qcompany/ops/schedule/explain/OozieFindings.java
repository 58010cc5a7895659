package com.qcompany.ops.schedule.explain;

import com.qcompany.ops.schedule.ActionState;
import com.qcompany.ops.schedule.NominalHours;
import com.qcompany.ops.schedule.OozieJobs;
import java.util.ArrayList;
import java.util.List;
import org.apache.oozie.client.OozieClientException;

/**
 * What Oozie says of an hour: of each coordinator the action of the newest job that has the hour.
 *
 * @param coordinators names of the coordinators
 * @param isLoaded whether the hour was loaded, by whomever: that an action which should have done it failed is past
 */
record OozieFindings(OozieJobs jobs, List<String> coordinators, boolean isLoaded) {

    List<Finding> of(NominalHours hour) throws OozieClientException {
        List<Finding> findings = new ArrayList<>();
        for (ActionState state : jobs.actions(coordinators, hour)) {
            findings.add(finding(ActionState.of(jobs, state.coordinator(), state.action())));
        }
        return findings.isEmpty() ? List.of(Finding.fine("Oozie has no action of %s".formatted(hour))) : findings;
    }

    private Finding finding(ActionState state) {
        String sentence = "Oozie: " + state;
        if (state.hasFailed() && !(isLoaded && ActionState.BATCH.contains(state.coordinator()))) {
            return Finding.failed(sentence);
        }
        return state.hasEnded() ? Finding.fine(sentence) : Finding.waiting(sentence);
    }
}
