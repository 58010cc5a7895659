package com.qcompany.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the one {@link EmbeddedStack} of their JVM as a parameter.
 *
 * <p>It starts for the first class that asks and stops with the JVM: where classes are shared out among several JVMs,
 * each class is a test run of its own to JUnit. Tests share it, so each works in directories and databases of its own.
 */
public final class StackExtension implements BeforeAllCallback, ParameterResolver {

    /** Initialised when it is first used. */
    private static final class Shared {
        private static final EmbeddedStack STACK = start();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        stack();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == EmbeddedStack.class;
    }

    @Override
    public EmbeddedStack resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return stack();
    }

    private static EmbeddedStack stack() {
        return Shared.STACK;
    }

    private static EmbeddedStack start() {
        try {
            Path data = Files.createTempDirectory("stack");
            EmbeddedStack stack = EmbeddedStack.start(StackOptions.in(data), sentence -> {});
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stack, data), "stop-stack"));
            return stack;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("Cannot start the stack for the tests", e);
        }
    }

    private static void stop(EmbeddedStack stack, Path data) {
        try {
            stack.close();
            FileUtils.deleteDirectory(data.toFile());
        } catch (IOException e) {
            throw new IllegalStateException("Cannot stop the stack of the tests", e);
        }
    }
}
