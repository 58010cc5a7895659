/**
 * What people see: reports as text, CSV, a workbook and pages, the operators' page, the documentation, and the server
 * that shows them on one machine.
 */
@NullMarked
package com.qcompany.pages;

import org.jspecify.annotations.NullMarked;
