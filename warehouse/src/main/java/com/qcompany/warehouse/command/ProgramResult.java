package com.qcompany.warehouse.command;

/** How a command ended, and why, in a sentence. */
record ProgramResult(ExitCode code, String reason) {

    /** An end that nobody told more about than its code. */
    static ProgramResult of(ExitCode code) {
        return new ProgramResult(
                code,
                switch (code) {
                    case OK -> "done";
                    case FAILED -> "failed; the log says why";
                    case USAGE -> "the command line or configuration is wrong; the log says what is allowed";
                    case NOTHING_TO_DO -> "there was nothing to do";
                    case CHECKS_FAILED -> "the data failed its checks; the log says which";
                    case LOCKED -> "another run holds the lease";
                });
    }
}
