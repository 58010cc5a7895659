/**
 * What every program shares: typed settings, command lines, exit codes, and how a job jar starts by hand or in Oozie.
 */
@NullMarked
package com.qcompany.warehouse.command;

import org.jspecify.annotations.NullMarked;
