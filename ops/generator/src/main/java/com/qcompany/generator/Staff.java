package com.qcompany.generator;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Agents and branches as a group reports them. The fourth group brings a new agent and the fifth a new branch; every
 * second group changes one agent's hire_date, which stays changed.
 *
 * @param group number of the group, from 1
 */
record Staff(int group) {

    private static final int NEW_AGENT_FROM = 4;
    private static final int NEW_BRANCH_FROM = 5;
    private static final int OFTEN_CHANGED = 10;
    private static final List<String> BRANCHES = List.of(
            "1,New York,2017-01-15,A",
            "2,Los Angeles,2016-07-28,B",
            "3,Chicago,2015-03-10,A",
            "4,Houston,2016-11-05,D",
            "5,Phoenix,2017-09-20,C",
            "6,Denver,2023-04-01,B");
    private static final List<String> AGENTS = List.of(
            "John Doe",
            "Jane Smith",
            "Michael Johnson",
            "Emily Brown",
            "David Wilson",
            "Emma Taylor",
            "Christopher Miller",
            "Olivia Davis",
            "Daniel Martinez",
            "Sophia Moore",
            "Liam Anderson");

    /** Number of agents; their ids count from 1. */
    int agents() {
        return group < NEW_AGENT_FROM ? AGENTS.size() - 1 : AGENTS.size();
    }

    /** Number of branches; their ids count from 1. */
    int branches() {
        return group < NEW_BRANCH_FROM ? BRANCHES.size() - 1 : BRANCHES.size();
    }

    String branchesFile() {
        return file("branch_id,location,establish_date,class", BRANCHES.subList(0, branches()));
    }

    /** Content of the agents file; dates unpadded. */
    String agentsFile() {
        return file(
                "sales_person_id,name,hire_date",
                IntStream.rangeClosed(1, agents()).mapToObj(this::agent).toList());
    }

    private String agent(int id) {
        LocalDate hired = hired(id);
        return id + "," + AGENTS.get(id - 1) + "," + hired.getYear() + "-" + hired.getMonthValue() + "-"
                + hired.getDayOfMonth();
    }

    private LocalDate hired(int id) {
        int changes = (group / 2 + OFTEN_CHANGED - id) / OFTEN_CHANGED;
        return LocalDate.of(2018, 5, 13).plusDays(83L * id).plusDays(id > OFTEN_CHANGED ? 0 : changes);
    }

    private static String file(String header, List<String> lines) {
        return lines.stream().collect(Collectors.joining("\r\n", header + "\r\n", "\r\n"));
    }
}
