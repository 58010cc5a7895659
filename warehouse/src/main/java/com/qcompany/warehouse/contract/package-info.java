/** Contracts of feeds as YAML after the Open Data Contract Standard: how they are read, and that of the app log's events. */
@NullMarked
package com.qcompany.warehouse.contract;

import org.jspecify.annotations.NullMarked;
