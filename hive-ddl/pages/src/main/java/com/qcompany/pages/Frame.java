package com.qcompany.pages;

import java.util.List;

/**
 * What every page has around its content.
 *
 * @param period dates that the pages are about, in words; empty where they are about none
 * @param published state of the warehouse that they show, in words; empty where they show none
 * @param picker whether another period can be chosen
 */
public record Frame(String title, String file, List<Group> groups, String period, String published, boolean picker) {

    /** Links under a heading. */
    public record Group(String name, List<Link> links) {}

    /** A page by its title. */
    public record Link(String title, String file) {}

    Frame of(String title, String file) {
        return new Frame(title, file, groups, period, published, picker);
    }
}
