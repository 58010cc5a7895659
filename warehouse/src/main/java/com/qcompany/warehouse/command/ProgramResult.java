package com.qcompany.warehouse.command;

/** How a command ended, and why, in a sentence. */
record ProgramResult(ExitCode code, String reason) {}
